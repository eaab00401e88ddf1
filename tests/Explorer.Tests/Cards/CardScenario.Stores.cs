using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using OrderStatus = MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.Explorer.Tests.Cards;

/// <content>The stores, the outbox and Toss, as far as the explorer needs them.</content>
internal sealed partial class CardScenario
{
    /// <summary>order-svc does what is asked of the order, in one transaction.</summary>
    private static (CardWorld World, OrderDecision Decision, bool HasChanged) Do(CardWorld world, OrderCommand command)
    {
        var decision = OrderTransitions.Decide(world.Order, command, world.Now);
        if (decision is not OrderDecision.Change change)
        {
            return (world, decision, HasChanged: false);
        }

        var order = Copy(world.Order);
        foreach (var write in change.Writes)
        {
            write.Apply(order);
        }

        // The message that returns the stock is delivered until it is.
        var next = world with
        {
            Order = order,
            IsStockBack = world.IsStockBack || change.ReturnsStock,
            IsCancelUnread = world.IsCancelUnread || change.To == OrderStatus.Cancelled,
        };
        return (next, decision, HasChanged: true);
    }

    /// <summary>payment-svc decides, and stores what was decided with its messages, in one transaction.</summary>
    private static (CardWorld World, PaymentRefusal? Refusal) Decide(CardWorld world, PaymentCommand command)
    {
        var before =
            (world.Payment ?? new PaymentState(ShopOrderOf(world.Order).ToPayment(world.Now), [], [])) with
            {
                IsReleasing = world.Outbox.Any(message => message.Role == Role.ReleaseHold),
            };
        before.Payment.Id = 1;
        var decision = PaymentTransitions.Decide(before, command, world.Now);
        var draft = decision.Draft;
        if (decision.Refusal is not null)
        {
            return (world, decision.Refusal);
        }

        foreach (var (index, attempt) in draft.Attempts.Index())
        {
            attempt.Id = index + 1;
        }

        foreach (var (index, refund) in draft.Refunds.Index())
        {
            refund.Id = index + 1;
        }

        var next = world with { Payment = new PaymentState(draft.Payment, draft.Attempts, draft.Refunds) };
        foreach (var message in draft.Messages)
        {
            next = message switch
            {
                PaymentMessage.OrderIsPaid paid => Enqueue(next, Role.OrderPaid, 1, paid.Hastens),
                PaymentMessage.OrderIsReleased => Enqueue(next, Role.ReleaseHold, 1, hastens: true),
                PaymentMessage.OrderIsRefunded => Enqueue(next, Role.OrderRefunded, 1, hastens: true),
                PaymentMessage.AttemptIsSettled(var attempt) => Enqueue(
                    next,
                    Role.SettleCard,
                    attempt.Id,
                    hastens: true
                ),
                PaymentMessage.RefundIsSent(var refund) => Enqueue(next, Role.SendRefund, refund.Id, hastens: true),
                PaymentMessage.RestIsRefunded => Enqueue(next, Role.RefundRest, 1, hastens: true),
                _ => throw new InvalidOperationException($"Unforeseen message {message}."),
            };
        }

        return (next, null);
    }

    private static CardWorld Enqueue(CardWorld world, Role role, long subject, bool hastens)
    {
        var pending = world.Outbox.Where(message => message.Role == role && message.Subject == subject).ToList();
        if (pending is [])
        {
            return world with { Outbox = [.. world.Outbox, new Message(role, subject)] };
        }

        return hastens
            ? world with
            {
                Outbox =
                [
                    .. world.Outbox.Select(message =>
                        message == pending[0] ? message with { IsHastened = message.Claim != 0 } : message
                    ),
                ],
            }
            : world with
            {
                Broken = $"{role} {subject} is enqueued twice.",
            };
    }

    private CardWorld Add(CardWorld world, Role role, long subject)
    {
        var id = Enumerable.Range(1, limits.Processes).First(i => world.Processes.All(process => process.Id != i));
        var process = new Process
        {
            Id = id,
            Role = role,
            Subject = subject,
        };
        return world with { Processes = [.. world.Processes, process] };
    }

    /// <summary>Whoever is at a message already may have stalled, so that its claim has run out.</summary>
    private CardWorld Handle(CardWorld world, Message message)
    {
        var next = Add(world, message.Role, message.Subject);
        var claim = next.Processes[^1].Id;
        return next with
        {
            Outbox =
            [
                .. world.Outbox.Select(m => m == message ? m with { Claim = claim, IsHastened = false } : m),
            ],
        };
    }

    private static CardWorld Die(CardWorld world, Process process)
    {
        var next = Leave(world with { Faults = world.Faults - 1 }, process);
        return process.Waits is { } call && IsWorthwhileLate(call) ? next with { Late = [.. next.Late, call] } : next;
    }

    /// <summary>The process ends, and leaves its message for later.</summary>
    private static CardWorld Leave(CardWorld world, Process process) =>
        world with
        {
            Processes = [.. world.Processes.Where(p => p.Id != process.Id)],
            Outbox =
            [
                .. world.Outbox.Select(m => m.Claim == process.Id ? m with { Claim = 0, IsHastened = false } : m),
            ],
        };

    /// <summary>The process ends, and with it its message, unless somebody else has that or has asked for it again.</summary>
    private static CardWorld Finish(CardWorld world, Process process) =>
        Leave(
            world with
            {
                Outbox = [.. world.Outbox.Where(m => m.Claim != process.Id || m.IsHastened)],
            },
            process
        );

    /// <summary>A server carries a call out, whoever waits for it.</summary>
    /// <returns>In which ways that may go, and what it answers: null for no answer, or one that tells nothing.</returns>
    private IEnumerable<(string How, CardWorld World, object? Answer)> Serve(CardWorld world, Call call, bool isCalm)
    {
        switch (call.Kind)
        {
            case CallKind.Hold:
                var hold = Do(world, new OrderCommand.Hold(Named(call.Attempt)));
                var isHeld = hold.Decision is not OrderDecision.Refused;
                yield return (isHeld ? "held" : "not payable", hold.World, isHeld);
                break;
            case CallKind.Release:
                yield return ("let go", Do(world, new OrderCommand.Release(Named(call.Attempt))).World, true);
                break;
            case CallKind.Pay:
                var pay = Do(world, new OrderCommand.Pay(1, TossEntry.Amount, s_shop));
                var refusal = pay.Decision is OrderDecision.Refused(var why) ? why.ToString() : "";
                yield return (refusal.Length == 0 ? "confirmed" : refusal, pay.World, refusal);
                break;
            case CallKind.EndOrder:
                yield return ("asked to end", Do(world, new OrderCommand.Refund(1, s_shop)).World, true);
                break;
            case CallKind.Find:
                var payment = world.Toss[call.Key - 1].ToPayment(call.Key);
                yield return ($"it is {payment.Status}", world, new TossAnswer.Success(payment));
                break;
            case CallKind.Charge:
                foreach (var charged in Charge(world, call, isCalm))
                {
                    yield return charged;
                }

                break;
            case CallKind.Cancel:
                yield return Cancel(world, call);
                break;
        }
    }

    private long? Named(long attempt) => takenOut == TakenOut.AttemptsOfHolds ? null : attempt;

    private static IEnumerable<(string How, CardWorld World, object? Answer)> Charge(
        CardWorld world,
        Call call,
        bool isCalm
    )
    {
        var entry = world.Toss[call.Key - 1];
        if (world.Remembered.FirstOrDefault(r => r.Call == call) is { Answer: var again })
        {
            yield return ("as before", world, again);
            yield break;
        }

        if (entry.Status != TossStatus.InProgress)
        {
            var already = new TossAnswer.Unknown("ALREADY_PROCESSED_PAYMENT", WasAnswered: true);
            yield return ("already processed", Remember(world, call, already), already);
            yield break;
        }

        var charged = entry with { Status = TossStatus.Done };
        var success = new TossAnswer.Success(charged.ToPayment(call.Key));
        var after = With(world, call.Key, charged) with { Webhooks = [.. world.Webhooks.Append(call.Key).Distinct()] };
        yield return ("charged", Remember(after, call, success), success);
        if (isCalm)
        {
            yield break;
        }

        var refusal = new TossAnswer.Refused(new TossFailure("REJECT_CARD_COMPANY", "no"));
        var aborted = With(world, call.Key, entry with { Status = TossStatus.Aborted });
        yield return ("refused", Remember(aborted, call, refusal), refusal);
        if (world.Faults > 0)
        {
            var error = new TossAnswer.Unknown("500 FAILED_INTERNAL_SYSTEM_PROCESSING", WasAnswered: true);
            yield return (
                "an error, and not charged",
                Remember(world with { Faults = world.Faults - 1 }, call, error),
                error
            );
            yield return (
                "an error, and charged all the same",
                Remember(after with { Faults = world.Faults - 1 }, call, error),
                error
            );
        }
    }

    private static (string How, CardWorld World, object? Answer) Cancel(CardWorld world, Call call)
    {
        var entry = world.Toss[call.Key - 1];
        if (world.Remembered.FirstOrDefault(r => r.Call == call) is { Answer: var again })
        {
            return ("as before", world, again);
        }

        if (entry.Balance == 0 || entry.Balance != call.Left)
        {
            var refusal = new TossAnswer.Refused(
                new TossFailure(entry.Balance == 0 ? "ALREADY_CANCELED_PAYMENT" : "NOT_MATCHES_REFUNDABLE_AMOUNT", null)
            );
            return ("refused", Remember(world, call, refusal), refusal);
        }

        var reason = call.Refund == 0 ? "The order was paid otherwise." : $"complaint [R{call.Refund}]";
        var cancelled = entry with
        {
            Status = TossStatus.Canceled,
            Cancelled =
            [
                .. entry.Cancelled,
                new TossCancel($"t{call.Key}{entry.Cancelled.Count}", call.Left, reason, CardWorld.Began),
            ],
        };
        var success = new TossAnswer.Success(cancelled.ToPayment(call.Key));
        return ("given back", Remember(With(world, call.Key, cancelled), call, success), success);
    }

    // What Toss remembers of a stray charge's cancel is never asked for again: each has a key of its own.
    private static CardWorld Remember(CardWorld world, Call call, TossAnswer answer) =>
        call is { Kind: CallKind.Cancel, Refund: 0 }
            ? world
            : world with
            {
                Remembered = [.. world.Remembered, new RememberedAnswer(call, answer)],
            };

    private static CardWorld With(CardWorld world, int key, TossEntry entry) =>
        world with
        {
            Toss = [.. world.Toss.Select((e, index) => index == key - 1 ? entry : e)],
        };

    private static Order Copy(Order order) =>
        new()
        {
            Id = order.Id,
            OrderNumber = order.OrderNumber,
            UserId = order.UserId,
            Email = order.Email,
            Status = order.Status,
            TotalPrice = order.TotalPrice,
            PaymentMethod = order.PaymentMethod,
            PayBy = order.PayBy,
            PaymentHold = order.PaymentHold,
            HoldAttempt = order.HoldAttempt,
            PaymentId = order.PaymentId,
            ByHand = order.ByHand,
            DepositSeenAt = order.DepositSeenAt,
            CreatedAt = order.CreatedAt,
            UpdatedAt = order.UpdatedAt,
        };

    private static ShopOrder ShopOrderOf(Order order) =>
        new(
            order.Id,
            order.OrderNumber,
            order.UserId,
            (PaymentService.Orders.OrderStatus)order.Status,
            order.TotalPrice,
            PaymentService.Payments.PaymentMethod.Card,
            DepositorName: null,
            order.PayBy,
            order.PaymentHold is not null,
            order.CreatedAt
        );

    public void Write(CardWorld world, BinaryWriter key)
    {
        key.Write(world.IsOverdue);
        key.Write((byte)world.Order.Status);
        key.Write(world.Order.PaymentHold is not null);
        key.Write((byte)(world.Order.HoldAttempt ?? 0));
        key.Write((byte)(world.Order.PaymentId ?? 0));
        key.Write(world.IsStockBack);
        key.Write(world.IsCancelUnread);
        Write(world, world.Payment?.Payment, key);
        foreach (var attempt in world.Payment?.Attempts ?? [])
        {
            Write(world, attempt, key);
        }

        key.Write((byte)255);
        foreach (var refund in world.Payment?.Refunds ?? [])
        {
            Write(refund, key);
        }

        foreach (var message in world.Outbox.OrderBy(m => (m.Role, m.Subject)))
        {
            key.Write((byte)(128 + (byte)message.Role));
            key.Write((byte)message.Subject);
            key.Write((byte)message.Claim);
            key.Write(message.IsHastened);
        }

        foreach (var process in world.Processes.OrderBy(p => p.Id))
        {
            key.Write((byte)254);
            Write(world, process, key);
        }

        foreach (var call in world.Late.OrderBy(c => (c.Kind, c.Key, c.Attempt, c.Refund, c.Try)))
        {
            key.Write((byte)253);
            Write(call, key);
        }

        foreach (var entry in world.Toss)
        {
            key.Write(entry.Status);
            key.Write((byte)entry.Cancelled.Count);
        }

        foreach (var remembered in world.Remembered.OrderBy(r => (r.Call.Kind, r.Call.Key, r.Call.Refund, r.Call.Try)))
        {
            Write(remembered.Call, key);
            Write(remembered.Answer, key);
        }

        foreach (var told in world.Webhooks.Order())
        {
            key.Write((byte)(200 + told));
        }

        key.Write((byte)world.Faults);
        key.Write((byte)world.Confirms);
        key.Write((byte)world.Hints);
        key.Write(world.MayCancel);
        key.Write(world.MayShip);
        key.Write(world.MayRefund);
        key.Write(world.MayExpire);
        key.Write(world.Broken is not null);
    }

    private static void Write(CardWorld world, Process process, BinaryWriter key)
    {
        key.Write((byte)process.Id);
        key.Write((byte)process.Role);
        key.Write((byte)process.Subject);
        key.Write((byte)process.Step);
        key.Write((byte)process.OrderStatus);
        Write(process.Waits, key);
        Write(world, process.Payment, key);
        Write(world, process.Attempt, key);
        Write(process.Refund, key);
        Write(process.Answer, key);
        key.Write((byte)(process.Charged?.Cancels?.Count ?? 9));
        key.Write((long)(process.Charged?.BalanceAmount ?? -1));
        key.Write(process.Outcome?.ToString() ?? "");
        key.Write(process.Refusal ?? "");
        key.Write(process.IsUndecided);
    }

    private static void Write(Call? call, BinaryWriter key)
    {
        key.Write(call is null ? (byte)250 : (byte)call.Kind);
        if (call is not null)
        {
            key.Write((byte)call.Key);
            key.Write((byte)call.Attempt);
            key.Write((byte)call.Refund);
            key.Write((byte)call.Try);
            key.Write((int)call.Left);
        }
    }

    private static void Write(CardWorld world, Payment? payment, BinaryWriter key)
    {
        key.Write(payment is null ? (byte)250 : (byte)payment.Status);
        if (payment is not null)
        {
            key.Write((byte)CardWorld.NumberOf(payment.PaymentKey));
            key.Write((int)payment.RefundedAmount);
            key.Write(world.Now < payment.UndoUntil);
        }
    }

    private static void Write(CardWorld world, CardAttempt? attempt, BinaryWriter key)
    {
        key.Write(attempt is null ? (byte)250 : (byte)attempt.Status);
        if (attempt is not null)
        {
            key.Write((byte)attempt.Id);
            key.Write((byte)CardWorld.NumberOf(attempt.PaymentKey));
            key.Write((byte)attempt.Try);
            key.Write(attempt.LeaseUntil is null ? (byte)0 : attempt.LeaseUntil < world.Now ? (byte)1 : (byte)2);
        }
    }

    private static void Write(Refund? refund, BinaryWriter key)
    {
        key.Write(refund is null ? (byte)250 : (byte)refund.Status);
        if (refund is not null)
        {
            key.Write((byte)refund.Id);
            key.Write((int)refund.Amount);
            key.Write((byte)refund.Try);
            key.Write(refund.TransactionKey is not null);
            key.Write(refund.IdempotencyKey is not null);
        }
    }

    private static void Write(TossAnswer? answer, BinaryWriter key)
    {
        key.Write(
            answer switch
            {
                null => "",
                TossAnswer.Success(var payment) => $"S{payment.Status}{payment.Cancels?.Count}",
                TossAnswer.Refused({ Code: var code }) => $"R{code}",
                TossAnswer.Unknown(var why, var wasAnswered) => $"U{why}{wasAnswered}",
                _ => answer.GetType().Name,
            }
        );
    }

    private static string NameOf(Process process) => $"{process.Role} {process.Subject} (process {process.Id})";

    private static string Describe(Call call) =>
        call.Kind switch
        {
            CallKind.Hold => $"the hold for attempt {call.Attempt}",
            CallKind.Release => $"the release of attempt {call.Attempt}",
            CallKind.Pay => "the news of the money",
            CallKind.EndOrder => "the news of the refund",
            CallKind.Find => $"the look at key {call.Key}",
            CallKind.Charge => $"the charge of key {call.Key}",
            _ => $"the cancel of key {call.Key}",
        };

    /// <summary>Whether it does anything when it comes late.</summary>
    private static bool IsWorthwhileLate(Call call) => call.Kind != CallKind.Find;
}
