using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;
using static MsaShop.PaymentService.Payments.PaymentCommand;
using static MsaShop.PaymentService.Payments.PaymentStatus;
using static MsaShop.PaymentService.Payments.StateMachine<MsaShop.PaymentService.Payments.PaymentStatus>;

namespace MsaShop.PaymentService.Payments;

/// <summary>
/// Decides what happens to a payment, its attempts and its refunds from what is known, the command and the time alone.
/// The tables say everything, and are printed in <c>docs/orders-and-payments.md</c>.
/// </summary>
internal static class PaymentTransitions
{
    private static readonly PaymentStatus[] s_any = Enum.GetValues<PaymentStatus>();

    private static readonly Guard s_byTransfer = new(
        "it is paid by bank transfer",
        PaymentRefusal.NotATransfer,
        (draft, _) => draft.Payment.Method == PaymentMethod.BankTransfer
    );

    private static readonly Guard s_transferOnly = s_byTransfer with { Refusal = null };

    private static readonly Guard s_amount = Guard.Of<RecordDeposit>(
        "the amount is right",
        PaymentRefusal.AmountMismatch,
        (draft, deposit) => deposit.Amount is null || deposit.Amount == draft.Payment.Amount
    );

    // If another deposit was undone since order-svc was told of this one, it has forgotten both.
    private static readonly Guard s_seen = Guard.Of<RecordDeposit>(
        "order-svc waits for it: the payment has not changed since it was told",
        PaymentRefusal.NotSeen,
        (draft, deposit) =>
            deposit.IsSeen && (draft.Payment.UpdatedAt == deposit.SeenSince || draft.Payment.UpdatedAt == draft.Now)
    );

    private static readonly Guard s_undoable = new(
        "it can be undone",
        Refusal: null,
        (draft, _) => draft.Payment.UndoUntil is not null
    );

    private static readonly Guard s_inTime = new(
        "it can still be undone",
        PaymentRefusal.Settled,
        (draft, _) => draft.Now < draft.Payment.UndoUntil
    );

    private static readonly Guard s_undoOver = new(
        "the time to undo it is over",
        Refusal: null,
        (draft, _) => draft.Payment.UndoUntil <= draft.Now
    );

    private static readonly Guard s_atOnce = Guard.Of<RecordDeposit>(
        "it counts at once",
        refusal: null,
        (_, deposit) => !deposit.IsUndoable
    );

    private static readonly Guard s_orderGoesOn = new(
        "its order has not been cancelled",
        Refusal: null,
        (draft, _) => draft.Payment.OrderEndedAt is null
    );

    private static readonly Effect s_deposit = Effect.Of<RecordDeposit>(
        "`order-paid`, when it cannot be undone any more",
        (draft, deposit) =>
        {
            var (payment, actor) = (draft.Payment, deposit.Actor);
            payment.Deposited(deposit.DepositorName, deposit.UndoUntil);
            draft.Send(new PaymentMessage.OrderIsPaid(OrderPaid.By(payment, actor), payment.UndoUntil));
        }
    );

    private static readonly Effect s_settle = new(
        "it cannot be undone any more",
        (draft, _) => draft.Payment.SettleDeposit(draft.Now)
    );

    private static readonly Effect s_hasten = Effect.Of<RecordDeposit>(
        "`order-paid` now",
        (draft, deposit) =>
            draft.Send(
                new PaymentMessage.OrderIsPaid(OrderPaid.By(draft.Payment, deposit.Actor), draft.Now, Hastens: true)
            )
    );

    private static readonly Effect s_undo = new(
        "`forget-deposit`, and `order-paid` is cancelled",
        (draft, _) =>
        {
            draft.Payment.DepositorName = draft.Before.Payment.AnnouncedName;
            var seenAt =
                draft.Before.DepositSeenAt
                ?? throw new InvalidOperationException($"Payment {draft.Payment.Id} has no deposit.");
            // If order-svc is being told of it just now, the handler sees that the money is awaited.
            draft.Send(new PaymentMessage.OrderIsNotPaid());
            draft.Send(new PaymentMessage.DepositIsForgotten(new ForgetDeposit(draft.Payment.OrderNumber, seenAt)));
        }
    );

    // The deposit may be a mistake, which is not given back. Once it cannot be undone, order-svc is told of it, and
    // refuses it.
    private static readonly Effect s_orderEnded = new(
        "it goes back when it cannot be undone any more",
        (draft, _) => draft.Payment.OrderEndedAt = draft.Now
    );

    private static readonly Effect s_giveBack = new(
        "what is left goes back",
        (draft, command) => RefundTransitions.Machine.Decide(draft, new PaymentCommand.RefundRest(ActorOf(command)))
    );

    /// <summary>What does not come from attempts or refunds. Other commands leave a payment as it is.</summary>
    private static readonly Transition<PaymentStatus>[] s_table =
    [
        Refuse<RecordDeposit>("deposit", [Failed], [s_byTransfer, s_amount], PaymentRefusal.NotPayable),
        On<RecordDeposit>("deposit", [Pending], [s_byTransfer, s_amount, s_seen], Completed, s_deposit),
        On<RecordDeposit>(
            "deposit",
            [Completed],
            [s_byTransfer, s_amount, s_undoable, s_atOnce],
            to: null,
            s_settle,
            s_hasten
        ),
        On<RecordDeposit>("deposit", [Completed, Refunded], [s_byTransfer, s_amount], to: null),
        On<UndoDeposit>("undo the deposit", [Pending, Failed], [s_byTransfer], to: null),
        On<UndoDeposit>("undo the deposit", [Completed], [s_byTransfer, s_inTime, s_orderGoesOn], Pending, s_undo),
        On<UndoDeposit>("undo the deposit", [Completed], [s_byTransfer, s_inTime], Failed, s_undo),
        Refuse<UndoDeposit>("undo the deposit", [Refunded], [s_byTransfer], PaymentRefusal.Settled),
        On<CloseDeposit>("tell of the deposit", [Completed], [s_undoOver], to: null, s_settle),
        On<OrderConfirmed>("order confirmed", [Pending], [s_transferOnly], Completed),
        // The order no longer waits for the deposit, so it cannot be undone.
        On<OrderConfirmed>("order confirmed", s_any, [s_undoable], to: null, s_settle),
        On<OrderCancelled>("order cancelled", [Pending], [s_transferOnly], Failed),
        On<OrderCancelled>("order cancelled", [Completed], [s_undoable], to: null, s_orderEnded),
        // A card's outcome is settled with Toss, whatever happens to the order; the order is asked afterwards.
        On<OrderCancelled>("order cancelled", [Completed], [], to: null, s_giveBack),
        On<OrderRefused>("the order refuses it", [Completed], [], to: null, s_giveBack),
    ];

    public static StateMachine<PaymentStatus> Machine { get; } =
        new(
            s_table,
            (draft, _) => draft.Payment.Status,
            (draft, command, to) => draft.Payment.Move(to, ActorOf(command), draft.Now)
        );

    public static PaymentDecision Decide(PaymentState before, PaymentCommand command, DateTime now)
    {
        var draft = new PaymentDraft(before, now);
        var refusal = command switch
        {
            BeginAttempt or OfAttempt => CardTransitions.Machine.Decide(draft, command),
            RequestRefund or PaymentCommand.RefundRest or RecordRefunds or OfRefund => RefundTransitions.Decide(
                draft,
                command
            ),
            _ => Machine.Decide(draft, command),
        };
        return new PaymentDecision(draft, refusal);
    }

    private static Actor ActorOf(PaymentCommand command) =>
        command switch
        {
            RecordDeposit { Actor: var actor } => actor,
            UndoDeposit { Actor: var actor } => actor,
            OrderConfirmed { Actor: var actor } => actor,
            OrderCancelled { Actor: var actor } => actor,
            OrderRefused(var why) => Actor.Shop($"The order does not take the money: {why}."),
            _ => throw new InvalidOperationException($"Nobody moves a payment by {command.GetType().Name}."),
        };
}

internal sealed record PaymentDecision(PaymentDraft Draft, PaymentRefusal? Refusal);
