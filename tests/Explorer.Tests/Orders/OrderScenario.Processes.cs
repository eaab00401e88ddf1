using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Deposits;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;

namespace MsaShop.Explorer.Tests.Orders;

/// <content>What the processes of payment-svc do one after another, between any two of which anything else may happen.</content>
internal sealed partial class OrderScenario
{
    /// <summary>A call is answered, in each way that may go.</summary>
    private IEnumerable<Happening<ShopWorld>> Answers(ShopWorld world, Process process, Call call, bool isCalm = false)
    {
        foreach (var (how, served, answer) in Serve(world, call, isCalm))
        {
            var story = $"{NameOf(process)}: {Describe(call)}: {how}";
            yield return new(story, Hear(served, process, answer));
            if (world.Faults > 0 && served.Faults == world.Faults && !isCalm)
            {
                var worse = served with { Faults = served.Faults - 1 };
                yield return new($"{story}, but the answer is lost", Hear(worse, process, answer: null));
                if (IsWorthwhileLate(call))
                {
                    yield return new(
                        $"{story}, and it is on its way once more",
                        Hear(worse with { Late = [.. worse.Late, call] }, process, answer)
                    );
                }
            }
        }

        if (world.Faults > 0 && IsWorthwhileLate(call))
        {
            var late = world with { Faults = world.Faults - 1, Late = [.. world.Late, call] };
            yield return new(
                $"{NameOf(process)}: {Describe(call)} is late: no answer",
                Hear(late, process, answer: null)
            );
        }
    }

    /// <summary>A step that waits for nobody: it reads or writes payment-svc's database.</summary>
    private IEnumerable<Happening<ShopWorld>> Steps(ShopWorld world, Process process)
    {
        var (what, once) = Step(world, process);
        yield return new($"{NameOf(process)} {what}", once);
        if (world.Faults > 0 && IsWrite(world, process))
        {
            // The commit came through, its answer did not: it is done again.
            var (_, again) = Step(
                once with
                {
                    Faults = world.Faults - 1,
                    Processes = world.Processes,
                    Outbox = [.. once.Outbox.Select(m => Reclaim(m, world))],
                },
                process
            );
            yield return new($"{NameOf(process)} {what}, and does it again, for the commit's answer is lost", again);
            yield return new($"{NameOf(process)} {what}, and dies", Die(once, process));
        }
    }

    // The message that the process has is still its own while it does its work again.
    private static Message Reclaim(Message message, ShopWorld before) =>
        before.Outbox.FirstOrDefault(m => (m.Role, m.Subject) == (message.Role, message.Subject))
            is { Claim: not 0 } was
            ? message with
            {
                Claim = was.Claim,
            }
            : message;

    private static bool IsWrite(ShopWorld world, Process process) =>
        (process.Role, process.Step) switch
        {
            (Role.Confirm, 1 or 4 or 7) => true,
            (Role.Deposit, 2) => true,
            (Role.Undo, 0) => true,
            (Role.OrderPaid, 0) => world.Payment?.Payment.UndoUntil is not null,
            (Role.SettleCard, 5 or 6 or 8 or 9) => true,
            (Role.OrderPaid, 2) => true,
            (Role.SendRefund, 4) => true,
            (Role.RefundRest, 0) => true,
            _ => false,
        };

    private (string What, ShopWorld World) Step(ShopWorld world, Process process) =>
        process.Role switch
        {
            Role.Confirm => StepConfirm(world, process),
            Role.Deposit => StepDeposit(world, process),
            Role.Undo => StepUndo(world, process),
            Role.ForgetDeposit => (
                "tells the order",
                Ask(
                    world,
                    process,
                    1,
                    new Call(
                        CallKind.ForgetDeposit,
                        SeenAt: world.Forgotten.First(seen => NumberOf(seen) == process.Subject)
                    )
                )
            ),
            Role.SettleCard => StepSettle(world, process),
            Role.OrderPaid => StepPaid(world, process),
            Role.ReleaseHold => StepRelease(world, process),
            Role.SendRefund => StepRefund(world, process),
            Role.OrderRefunded => ("tells the order", Ask(world, process, 1, new Call(CallKind.EndOrder))),
            _ => StepRest(world, process),
        };

    private static ShopWorld Hear(ShopWorld world, Process process, object? answer) =>
        process.Role switch
        {
            Role.Confirm => HearConfirm(world, process, answer),
            Role.Deposit => HearDeposit(world, process, answer),
            Role.SettleCard => HearSettle(world, process, answer),
            Role.OrderPaid => HearPaid(world, process, answer),
            Role.SendRefund => HearRefund(world, process, answer),
            // A handler that got no answer is tried again.
            _ => answer is null ? Leave(world, process) : Finish(world, process),
        };

    // ---- the shopper's request

    private static (string What, ShopWorld World) StepConfirm(ShopWorld world, Process process)
    {
        switch (process.Step)
        {
            case 0:
                // The order as the feed has told it, or order-svc, a moment ago.
                return (
                    "asks for the order",
                    Go(world, process with { OrderStatus = (OrderStatus)world.Order.Status }, 1)
                );
            case 1:
                return ("begins", Begin(world, process));
            case 4:
                var command = process.Outcome!.ToCommand(process.Attempt!.Id, byRequest: true);
                var (written, _) = Decide(world, command);
                var isPaid =
                    written.Payment!.Attempts.First(a => a.Id == process.Attempt.Id).Status == CardAttemptStatus.Done;
                var tells = isPaid && written.Outbox.Any(message => message.Role == Role.OrderPaid);
                return (
                    $"writes down {process.Outcome}",
                    tells ? Go(Claim(written, process, Role.OrderPaid), process, 5) : Leave(written, process)
                );
            case 5:
                return ("tells the order", Ask(world, process, 6, new Call(CallKind.Pay)));
            case 7:
                return (
                    "has the money go back",
                    Finish(Decide(world, new PaymentCommand.OrderRefused(process.Refusal!)).World, process)
                );
            default:
                throw new InvalidOperationException($"Confirm has no step {process.Step}.");
        }
    }

    private static ShopWorld Begin(ShopWorld world, Process process)
    {
        // order-svc's word may be a moment old: what counts is that the order is held.
        var order = ShopOrderOf(world.Order) with
        {
            Status = process.OrderStatus,
        };
        if (world.Payment is null && order.Status != OrderStatus.Pending)
        {
            return Leave(world, process);
        }

        var key = ShopWorld.KeyOf((int)process.Subject);
        var begin = new PaymentCommand.BeginAttempt(order, key, ShopWorld.Lease);
        var (next, refusal) = Decide(world, begin);
        var attempt = next.Payment?.Attempts.FirstOrDefault(a => a.PaymentKey == key);
        var isOwn =
            refusal is null && attempt is { Status: CardAttemptStatus.Confirming } && attempt.CreatedAt == world.Now;
        return isOwn
            ? Ask(next, process with { Attempt = attempt }, 3, new Call(CallKind.Hold, Attempt: attempt!.Id))
            : Leave(next, process);
    }

    private static ShopWorld HearConfirm(ShopWorld world, Process process, object? answer)
    {
        var attempt = process.Attempt;
        switch (process.Waits!.Kind)
        {
            case CallKind.Hold:
                return CardDecisions.AfterHold((bool?)answer, attempt!, world.Now) is { } outcome
                    ? Go(world, process with { Outcome = outcome }, 4)
                    : Ask(world, process, 3, ChargeOf(attempt!));
            case CallKind.Charge:
                return Go(world, process with { Outcome = CardOutcome.Of(attempt!, AnswerOf(answer)) }, 4);
            default:
                return answer switch
                {
                    null => Leave(world, process),
                    "" => Finish(world, process),
                    var refusal => Go(world, process with { Refusal = (string)refusal }, 7),
                };
        }
    }

    // ---- the administrator's requests

    private (string What, ShopWorld World) StepDeposit(ShopWorld world, Process process)
    {
        switch (process.Step)
        {
            case 0:
                // What is known, and the order a moment ago.
                var order = ShopOrderOf(world.Order);
                var known = world.Payment?.Payment;
                var asked = DepositDecisions.AsksForOrder(known) ? order : null;
                // No two are seen at the same time.
                var seenAt = world.Now.AddTicks(10 * (process.Subject + (process.SeenAt == default ? 1 : 101)));
                var knowing = process with
                {
                    OrderStatus = order.Status,
                    SeenAt = seenAt,
                    SeenSince = known?.UpdatedAt,
                    IsUndecided = asked is null,
                };
                return (
                    "asks for the order",
                    DepositDecisions.Judge(known, asked, amount: null) is not null ? Leave(world, process)
                    : asked?.Status == PaymentService.Orders.OrderStatus.Pending && takenOut != TakenOut.SeeingDeposits
                        ? Ask(world, knowing, 1, new Call(CallKind.SeeDeposit, SeenAt: seenAt))
                    : Go(world, knowing, 2)
                );
            case 2:
                var undoable = process.Subject == 1;
                var seen = process.IsUndecided ? null : ShopOrderOf(world.Order);
                var deposit = new PaymentCommand.RecordDeposit(
                    DepositorName: null,
                    Amount: null,
                    undoable,
                    undoable ? DepositDecisions.UndoUntil(seen, process.SeenAt + ShopWorld.UndoWindow) : null,
                    IsSeen: seen is not null || takenOut == TakenOut.SeeingAgain,
                    takenOut == TakenOut.SeeingAgain ? world.Payment?.Payment.UpdatedAt : process.SeenSince,
                    s_admin
                );
                var (recorded, refusal) = Decide(world, deposit, process.SeenAt);
                if (refusal == PaymentRefusal.NotSeen)
                {
                    return ("finds it undone meanwhile, and begins again", Go(world, process, 0));
                }

                var tells =
                    recorded.Payment!.Payment.UndoUntil is null
                    && recorded.Outbox.Any(message => message.Role == Role.OrderPaid);
                return (
                    "records the deposit",
                    tells ? Go(Claim(recorded, process, Role.OrderPaid), process, 3) : Leave(recorded, process)
                );
            default:
                return ("tells the order", Ask(world, process, 4, new Call(CallKind.Pay)));
        }
    }

    private static ShopWorld HearDeposit(ShopWorld world, Process process, object? answer) =>
        process.Waits!.Kind == CallKind.SeeDeposit
            ? answer is true
                ? Go(world, process, 2)
                : Leave(world, process)
            : answer switch
            {
                null => Leave(world, process),
                "" => Finish(world, process),
                var refusal => Finish(Decide(world, new PaymentCommand.OrderRefused((string)refusal)).World, process),
            };

    private static (string What, ShopWorld World) StepUndo(ShopWorld world, Process process) =>
        (
            "undoes the deposit",
            Leave(Decide(world, new PaymentCommand.UndoDeposit(s_admin), world.Now.AddTicks(9000)).World, process)
        );

    // ---- settle-card

    private static (string What, ShopWorld World) StepSettle(ShopWorld world, Process process)
    {
        switch (process.Step)
        {
            case 0:
                var read = world.Payment!.Attempts.First(a => a.Id == process.Subject);
                var knowing = process with { Payment = world.Payment.Payment, Attempt = read };
                return ("looks at Toss", Ask(world, knowing, 1, FindOf(read)));
            case 5:
                var (taken, _) = Decide(world, new PaymentCommand.Charged(process.Subject, ByRequest: false));
                var isTaken =
                    taken.Payment!.Attempts.First(a => a.Id == process.Subject).Status == CardAttemptStatus.Done;
                if (isTaken)
                {
                    return ("takes the charge", Go(taken, process, 6));
                }

                return process.Charged!.BalanceAmount > 0
                    ? (
                        "gives a second charge back",
                        Ask(
                            taken,
                            process,
                            7,
                            new Call(
                                CallKind.Cancel,
                                ShopWorld.NumberOf(process.Attempt!.PaymentKey),
                                Left: process.Charged.BalanceAmount
                            )
                        )
                    )
                    : ("finds it given back", Go(taken, process, 8));
            case 6:
                return (
                    "takes over what went back",
                    Finish(Decide(world, new PaymentCommand.RecordRefunds(process.Charged!)).World, process)
                );
            case 8:
                var stray = new PaymentCommand.NotCharged(
                    process.Subject,
                    new TossFailure(TossStatus.Canceled, "The order was paid otherwise."),
                    ByRequest: false
                );
                return ("writes down that it went back", Finish(Decide(world, stray).World, process));
            case 9:
                var (written, _) = Decide(world, process.Outcome!.ToCommand(process.Subject, byRequest: false));
                return (
                    $"writes down {process.Outcome}",
                    process.IsUndecided ? Leave(written, process) : Finish(written, process)
                );
            default:
                throw new InvalidOperationException($"SettleCard has no step {process.Step}.");
        }
    }

    private static ShopWorld HearSettle(ShopWorld world, Process process, object? answer)
    {
        var (attempt, payment) = (process.Attempt!, process.Payment!);
        switch (process.Waits!.Kind)
        {
            case CallKind.Find when process.Outcome is CardOutcome.NotCharged refusal:
                return Follow(world, process, CardDecisions.AfterRefusal(attempt, refusal, AnswerOf(answer)));
            case CallKind.Find:
                return Follow(world, process, CardDecisions.AfterLook(attempt, payment, AnswerOf(answer), world.Now));
            case CallKind.Hold when answer is null:
                return Leave(world, process);
            case CallKind.Hold:
                return CardDecisions.AfterHold((bool)answer!) is { } refused
                    ? Follow(world, process, refused)
                    : Ask(world, process, 3, ChargeOf(attempt));
            case CallKind.Charge:
                return Follow(world, process, CardDecisions.AfterCharge(attempt, AnswerOf(answer)));
            default:
                return answer is TossAnswer.Success ? Go(world, process, 8) : Leave(world, process);
        }
    }

    private static ShopWorld Follow(ShopWorld world, Process process, SettlingStep step) =>
        step switch
        {
            SettlingStep.Charge => Ask(world, process, 2, new Call(CallKind.Hold, Attempt: process.Subject)),
            SettlingStep.LookAgain(var refusal) => Ask(
                world,
                process with
                {
                    Outcome = refusal,
                },
                4,
                FindOf(process.Attempt!)
            ),
            SettlingStep.Take(var charged) => Go(world, process with { Charged = charged }, 5),
            SettlingStep.Write(var outcome, var why) => Go(
                world,
                process with
                {
                    Outcome = outcome,
                    IsUndecided = why is not null,
                },
                9
            ),
            SettlingStep.Wait => Leave(world, process),
            SettlingStep.GiveUp(var why) => world with { Broken = why },
            _ => Finish(world, process),
        };

    // ---- the other messages

    private (string What, ShopWorld World) StepPaid(ShopWorld world, Process process)
    {
        if (process.Step == 2)
        {
            return (
                "has the money go back",
                Finish(Decide(world, new PaymentCommand.OrderRefused(process.Refusal!)).World, process)
            );
        }

        if (world.Payment!.Payment.UndoUntil is not null)
        {
            var (closed, _) = Decide(world, new PaymentCommand.CloseDeposit());
            return closed.Payment!.Payment.UndoUntil is null
                ? ("finds that it cannot be undone any more", Go(closed, process, 0))
                : ("waits for the time to undo it", Leave(closed, process));
        }

        return world.Payment.Payment.Status == PaymentStatus.Completed
            ? ("tells the order", Ask(world, process, 1, new Call(CallKind.Pay)))
            : StepRelease(world, process);
    }

    private static ShopWorld HearPaid(ShopWorld world, Process process, object? answer) =>
        answer switch
        {
            null => Leave(world, process),
            string { Length: > 0 } refusal => Go(world, process with { Refusal = refusal }, 2),
            _ => Finish(world, process),
        };

    private (string What, ShopWorld World) StepRelease(ShopWorld world, Process process)
    {
        var payment = world.Payment!.Payment;
        var over = world
            .Payment.Attempts.Where(attempt =>
                takenOut == TakenOut.HoldsOfPaid
                    ? attempt.Status != CardAttemptStatus.Confirming
                    : CardDecisions.NeedsNoHold(attempt, payment)
            )
            .Select(attempt => (long?)attempt.Id)
            .Max();
        return over is { } attempt
            ? ("lets the order go", Ask(world, process, 1, new Call(CallKind.Release, Attempt: attempt)))
            : ("finds nothing to let go", Finish(world, process));
    }

    private (string What, ShopWorld World) StepRefund(ShopWorld world, Process process)
    {
        if (process.Step == 4)
        {
            var told =
                process.Charged is { } payment ? new TossAnswer.Success(payment)
                : process.Answer is TossAnswer.Success ? process.Answer
                : new TossAnswer.Unknown("no answer", WasAnswered: false);
            var (written, _) = Decide(world, new PaymentCommand.RefundAnswered(process.Subject, process.Answer!, told));
            var isOpen = written.Payment!.Refunds.First(r => r.Id == process.Subject).Status == RefundStatus.Pending;
            return ("writes down what Toss says", isOpen ? Leave(written, process) : Finish(written, process));
        }

        var refund = world.Payment!.Refunds.First(r => r.Id == process.Subject);
        if (refund.Status != RefundStatus.Pending)
        {
            return ("finds the refund ended", Finish(world, process));
        }

        var knowing = process with { Payment = world.Payment.Payment, Refund = refund };
        return RefundDecisions.EndsOrder(refund, world.Payment.Payment) && takenOut != TakenOut.EndingBeforeRefund
            ? ("has the order end", Ask(world, knowing, 1, new Call(CallKind.EndOrder)))
            : ("asks Toss for the refund", AskForRefund(world, knowing));
    }

    private static ShopWorld AskForRefund(ShopWorld world, Process process)
    {
        var (payment, refund) = (process.Payment!, process.Refund!);
        if (payment.Method == PaymentMethod.BankTransfer)
        {
            return Finish(Decide(world, new PaymentCommand.LeaveToTransfer(refund.Id)).World, process);
        }

        if (RefundDecisions.RefuseUnasked(refund, payment) is { } refusal)
        {
            return Ask(world, process with { Answer = refusal }, 3, FindOf(payment));
        }

        var left = RefundDecisions.LeftAtToss(payment, world.Payment!.Refunds);
        var key = ShopWorld.NumberOf(payment.PaymentKey);
        return Ask(world, process, 2, new Call(CallKind.Cancel, key, Refund: refund.Id, Try: refund.Try, Left: left));
    }

    private static ShopWorld HearRefund(ShopWorld world, Process process, object? answer)
    {
        switch (process.Waits!.Kind)
        {
            case CallKind.EndOrder:
                return answer is null ? Leave(world, process) : AskForRefund(world, process);
            case CallKind.Cancel:
                var heard = process with { Answer = AnswerOf(answer) };
                return heard.Answer is TossAnswer.Success
                    ? Go(world, heard, 4)
                    : Ask(world, heard, 3, FindOf(process.Payment!));
            default:
                return Go(world, process with { Charged = (answer as TossAnswer.Success)?.Payment }, 4);
        }
    }

    private static (string What, ShopWorld World) StepRest(ShopWorld world, Process process)
    {
        if (world.Payment!.Refunds.Any(refund => refund.Status == RefundStatus.Pending))
        {
            return ("waits for the refund under way", Leave(world, process));
        }

        var rest = new PaymentCommand.RefundRest(s_canceller);
        return ("has the rest go back", Finish(Decide(world, rest).World, process));
    }

    // ---- helpers

    private static TossAnswer AnswerOf(object? answer) =>
        answer as TossAnswer ?? new TossAnswer.Unknown("no answer", WasAnswered: false);

    private static Call ChargeOf(CardAttempt attempt) =>
        new(CallKind.Charge, ShopWorld.NumberOf(attempt.PaymentKey), attempt.Id, Try: attempt.Try);

    private static Call FindOf(CardAttempt attempt) => new(CallKind.Find, ShopWorld.NumberOf(attempt.PaymentKey));

    private static Call FindOf(Payment payment) => new(CallKind.Find, ShopWorld.NumberOf(payment.PaymentKey));

    private static ShopWorld Go(ShopWorld world, Process process, int step) =>
        Replace(world, process with { Step = step, Waits = null });

    private static ShopWorld Ask(ShopWorld world, Process process, int step, Call call) =>
        Replace(world, process with { Step = step, Waits = call });

    private static ShopWorld Replace(ShopWorld world, Process process) =>
        world with
        {
            Processes = [.. world.Processes.Select(p => p.Id == process.Id ? process : p)],
        };

    /// <summary>The request delivers the message that it has just stored.</summary>
    private static ShopWorld Claim(ShopWorld world, Process process, Role role) =>
        world with
        {
            Outbox = [.. world.Outbox.Select(m => m.Role == role ? m with { Claim = process.Id } : m)],
        };
}
