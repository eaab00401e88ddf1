using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using OrderStatus = MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.Explorer.Tests.Orders;

/// <content>The stores, the outbox and Toss, as far as the explorer needs them.</content>
internal sealed partial class OrderScenario
{
    /// <summary>order-svc does what is asked of the order, in one transaction.</summary>
    private static (ShopWorld World, OrderDecision Decision, bool HasChanged) Do(ShopWorld world, OrderCommand command)
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
            Unread = change.To switch
            {
                OrderStatus.Cancelled => [.. world.Unread, News.Cancelled],
                OrderStatus.Confirmed when order.PaymentMethod == OrderService.Orders.PaymentMethod.BankTransfer =>
                [
                    .. world.Unread,
                    News.Confirmed,
                ],
                _ => world.Unread,
            },
        };
        return (next, decision, HasChanged: true);
    }

    /// <summary>payment-svc decides, and stores what was decided with its messages, in one transaction.</summary>
    private static (ShopWorld World, PaymentRefusal? Refusal) Decide(
        ShopWorld world,
        PaymentCommand command,
        DateTime? now = null
    )
    {
        var before = (world.Payment ?? NewPayment(world, now ?? world.Now)) with
        {
            IsReleasing = world.Outbox.Any(message => message.Role == Role.ReleaseHold),
        };
        var decision = PaymentTransitions.Decide(before, command, now ?? world.Now);
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

        var next = world with
        {
            Payment = new PaymentState(draft.Payment, draft.Attempts, draft.Refunds)
            {
                DepositSeenAt = command is PaymentCommand.RecordDeposit ? draft.Now : before.DepositSeenAt,
            },
        };
        foreach (var message in draft.Messages)
        {
            next = message switch
            {
                PaymentMessage.OrderIsPaid paid => Enqueue(
                    next,
                    Role.OrderPaid,
                    1,
                    paid.Hastens,
                    paid.NotBefore ?? default
                ),
                PaymentMessage.OrderIsNotPaid => next with
                {
                    Outbox = [.. next.Outbox.Where(m => m.Role != Role.OrderPaid)],
                },
                PaymentMessage.DepositIsForgotten(var forget) => Enqueue(
                    next,
                    Role.ForgetDeposit,
                    NumberOf(forget.SeenAt),
                    hastens: false
                ) with
                {
                    Forgotten = [.. next.Forgotten.Append(forget.SeenAt).Distinct()],
                },
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

    private static ShopWorld Enqueue(
        ShopWorld world,
        Role role,
        long subject,
        bool hastens,
        DateTime notBefore = default
    )
    {
        var pending = world.Outbox.Where(message => message.Role == role && message.Subject == subject).ToList();
        if (pending is [])
        {
            return world with { Outbox = [.. world.Outbox, new Message(role, subject, NotBefore: notBefore)] };
        }

        return hastens
            ? world with
            {
                Outbox =
                [
                    .. world.Outbox.Select(message =>
                        message == pending[0]
                            ? message with
                            {
                                IsHastened = message.Claim != 0,
                                NotBefore = default,
                            }
                            : message
                    ),
                ],
            }
            : world with
            {
                Broken = $"{role} {subject} is enqueued twice.",
            };
    }

    private ShopWorld Add(ShopWorld world, Role role, long subject)
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

    /// <summary>A process that is already handling a message may have stalled until its claim expired.</summary>
    private ShopWorld Handle(ShopWorld world, Message message)
    {
        var next = Add(world, message.Role, message.Subject);
        var claim = next.Processes[^1].Id;
        return next with
        {
            Outbox = [.. world.Outbox.Select(m => m == message ? m with { Claim = claim, IsHastened = false } : m)],
        };
    }

    private static ShopWorld Die(ShopWorld world, Process process)
    {
        var next = Leave(world with { Faults = world.Faults - 1 }, process);
        return process.Waits is { } call && IsWorthwhileLate(call) ? next with { Late = [.. next.Late, call] } : next;
    }

    /// <summary>The process ends, and leaves its message for later.</summary>
    private static ShopWorld Leave(ShopWorld world, Process process) =>
        world with
        {
            Processes = [.. world.Processes.Where(p => p.Id != process.Id)],
            Outbox =
            [
                .. world.Outbox.Select(m => m.Claim == process.Id ? m with { Claim = 0, IsHastened = false } : m),
            ],
        };

    /// <summary>The process ends, and with it its message, unless somebody else has that or has asked for it again.</summary>
    private static ShopWorld Finish(ShopWorld world, Process process) =>
        Leave(world with { Outbox = [.. world.Outbox.Where(m => m.Claim != process.Id || m.IsHastened)] }, process);

    /// <summary>A server carries out a call, even if nobody waits for it any more.</summary>
    /// <returns>In which ways that may go, and what it answers: null for no answer, or one that tells nothing.</returns>
    private IEnumerable<(string How, ShopWorld World, object? Answer)> Serve(ShopWorld world, Call call, bool isCalm)
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
            case CallKind.SeeDeposit:
                var see = Do(world, new OrderCommand.SeeDeposit(call.SeenAt!.Value));
                var isSeen = see.Decision is not OrderDecision.Refused;
                yield return (isSeen ? "kept" : "not payable", see.World, isSeen);
                break;
            case CallKind.ForgetDeposit:
                yield return ("heard", Do(world, new OrderCommand.ForgetDeposit(call.SeenAt!.Value)).World, true);
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

    private static IEnumerable<(string How, ShopWorld World, object? Answer)> Charge(
        ShopWorld world,
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

    private static (string How, ShopWorld World, object? Answer) Cancel(ShopWorld world, Call call)
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
                new TossCancel($"t{call.Key}{entry.Cancelled.Count}", call.Left, reason, ShopWorld.Began),
            ],
        };
        var success = new TossAnswer.Success(cancelled.ToPayment(call.Key));
        return ("given back", Remember(With(world, call.Key, cancelled), call, success), success);
    }

    // What Toss remembers of a stray charge's cancel is never asked for again: each has a key of its own.
    private static ShopWorld Remember(ShopWorld world, Call call, TossAnswer answer) =>
        call is { Kind: CallKind.Cancel, Refund: 0 }
            ? world
            : world with
            {
                Remembered = [.. world.Remembered, new RememberedAnswer(call, answer)],
            };

    private static ShopWorld With(ShopWorld world, int key, TossEntry entry) =>
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

    private static PaymentState NewPayment(ShopWorld world, DateTime now)
    {
        var payment = ShopOrderOf(world.Order).ToPayment(now);
        payment.Id = 1;
        return new PaymentState(payment, [], []);
    }

    /// <summary>Which deposit was seen then: no two are at the same time.</summary>
    private static int NumberOf(DateTime seenAt) => (int)(seenAt.Ticks / 10 % 1000);

    private static ShopOrder ShopOrderOf(Order order) =>
        new(
            order.Id,
            order.OrderNumber,
            order.UserId,
            (PaymentService.Orders.OrderStatus)order.Status,
            order.TotalPrice,
            (PaymentService.Payments.PaymentMethod)order.PaymentMethod,
            DepositorName: null,
            order.PayBy,
            order.PaymentHold is not null,
            order.CreatedAt
        );

    public void Write(ShopWorld world, BinaryWriter key)
    {
        key.Write(world.IsOverdue);
        key.Write((byte)world.Order.Status);
        key.Write(world.Order.PaymentHold is not null);
        key.Write((byte)(world.Order.HoldAttempt ?? 0));
        key.Write((byte)(world.Order.PaymentId ?? 0));
        key.Write(world.IsStockBack);
        key.Write((byte)(world.Order.DepositSeenAt is { } seen ? NumberOf(seen) : 0));
        key.Write((byte)world.Unread.Count);
        foreach (var news in world.Unread)
        {
            key.Write((byte)news);
        }

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
            key.Write(message.NotBefore > world.Now);
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
        key.Write((byte)world.Begun);
        key.Write((byte)world.Hints);
        key.Write(world.MayCancel);
        key.Write(world.MayConfirm);
        key.Write(world.MayShip);
        key.Write(world.MayUndo);
        key.Write(world.MayRefund);
        key.Write(world.MayExpire);
        key.Write(world.Broken is not null);
    }

    private static void Write(ShopWorld world, Process process, BinaryWriter key)
    {
        key.Write((byte)process.Id);
        key.Write((byte)process.Role);
        key.Write((byte)process.Subject);
        key.Write((byte)process.Step);
        key.Write((byte)process.OrderStatus);
        Write(process.Waits, key);
        key.Write((byte)NumberOf(process.SeenAt));
        key.Write(process.SeenSince == world.Payment?.Payment.UpdatedAt);
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
            key.Write((byte)(call.SeenAt is { } seen ? NumberOf(seen) : 0));
        }
    }

    private static void Write(ShopWorld world, Payment? payment, BinaryWriter key)
    {
        key.Write(payment is null ? (byte)250 : (byte)payment.Status);
        if (payment is not null)
        {
            key.Write((byte)ShopWorld.NumberOf(payment.PaymentKey));
            key.Write((int)payment.RefundedAmount);
            key.Write(
                payment.UndoUntil is null ? (byte)0
                : world.Now < payment.UndoUntil ? (byte)1
                : (byte)2
            );
            key.Write(payment.OrderEndedAt is not null);
        }
    }

    private static void Write(ShopWorld world, CardAttempt? attempt, BinaryWriter key)
    {
        key.Write(attempt is null ? (byte)250 : (byte)attempt.Status);
        if (attempt is not null)
        {
            key.Write((byte)attempt.Id);
            key.Write((byte)ShopWorld.NumberOf(attempt.PaymentKey));
            key.Write((byte)attempt.Try);
            key.Write(
                attempt.LeaseUntil is null ? (byte)0
                : attempt.LeaseUntil < world.Now ? (byte)1
                : (byte)2
            );
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
            CallKind.SeeDeposit => "the news of the deposit",
            CallKind.ForgetDeposit => "the news that the deposit has not come",
            CallKind.Find => $"the look at key {call.Key}",
            CallKind.Charge => $"the charge of key {call.Key}",
            _ => $"the cancel of key {call.Key}",
        };

    /// <summary>Whether it does anything when it comes late.</summary>
    private static bool IsWorthwhileLate(Call call) => call.Kind != CallKind.Find;
}
