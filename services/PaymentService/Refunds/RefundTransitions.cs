using MsaShop.PaymentService.Toss;
using static MsaShop.PaymentService.Payments.PaymentCommand;
using static MsaShop.PaymentService.Payments.StateMachine<MsaShop.PaymentService.Refunds.RefundStatus>;
using static MsaShop.PaymentService.Refunds.RefundStatus;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Decides what happens to refunds, and to the payment whose money goes back.</summary>
internal static class RefundTransitions
{
    private const string NoReason = "Refund";
    private const string MadeElsewhere = "Refunded at Toss";
    private const string NotMatchesRefundableAmount = "NOT_MATCHES_REFUNDABLE_AMOUNT";

    /// <summary>How long to leave the refund under way alone before looking at what is left again.</summary>
    private static readonly TimeSpan s_restDelay = TimeSpan.FromSeconds(1);

    private static readonly Guard s_completed = new(
        "the money is there",
        PaymentRefusal.NotRefundable,
        (draft, _) => draft.Payment.Status == PaymentStatus.Completed
    );

    // Either the deposit is to be undone rather than refunded, or the order is about to be confirmed.
    private static readonly Guard s_notUndoable = new(
        "its deposit cannot be undone",
        PaymentRefusal.Undoable,
        (draft, _) => draft.Payment.UndoUntil is null
    );

    private static readonly Guard s_noneUnderWay = new(
        "no other is under way",
        PaymentRefusal.RefundInProgress,
        (draft, _) => draft.PendingRefund is null
    );

    private static readonly Guard s_enoughIsLeft = new(
        "that much is left",
        PaymentRefusal.TooLarge,
        (draft, command) => !(AmountOf(draft, command) > draft.Payment.Refundable)
    );

    private static readonly Guard s_stillCompleted = s_completed with { Refusal = null };

    // Toss would refuse again: an administrator looks at it.
    private static readonly Guard s_restNotRefused = new(
        "Toss has not just refused all that is left",
        Refusal: null,
        (draft, _) =>
            !(draft.Refunds.LastOrDefault() is { Status: Failed } last && last.Amount == draft.Payment.Refundable)
    );

    private static readonly Guard s_oneUnderWay = new(
        "another is under way",
        Refusal: null,
        (draft, _) => draft.PendingRefund is not null
    );

    private static readonly Guard s_byHandAtOnce = new(
        "it is a bank transfer whose order ends by itself, or goes on",
        Refusal: null,
        (draft, command) =>
            draft.Payment.Method == PaymentMethod.BankTransfer
            && (command is PaymentCommand.RefundRest || AmountOf(draft, command) < draft.Payment.Refundable)
    );

    private static readonly Guard s_fault = Answered(
        "the shop is at fault",
        (_, answered) => answered.Answer is TossAnswer.ShopAtFault
    );

    private static readonly Guard s_leftDiffers = Answered(
        "Toss refuses what the shop thought to be left",
        (draft, answered) =>
            answered.Answer is TossAnswer.Refused({ Code: NotMatchesRefundableAmount })
            && draft.FindRefund(answered.RefundId).Amount <= draft.Payment.Refundable
    );

    private static readonly Guard s_refusedInDoubt = Answered(
        "Toss refuses, and does not tell whether it was made before",
        (_, answered) => answered is { Answer: TossAnswer.Refused, Told: TossAnswer.Unknown }
    );

    private static readonly Guard s_refused = Answered(
        "Toss refuses, or knows of no such payment",
        (_, answered) => FailureOf(answered) is not null
    );

    private static readonly Guard s_answered = Answered(
        "Toss answers otherwise",
        (_, answered) => answered.Answer is not TossAnswer.Unknown { WasAnswered: false }
    );

    private static readonly Effect s_send = new(
        "`refund`",
        (draft, command) =>
            draft.Send(
                new PaymentMessage.RefundIsSent(
                    command is OfRefund { RefundId: var id } ? draft.FindRefund(id) : draft.Refunds[^1]
                )
            )
    );

    private static readonly Effect s_giveBack = new(
        "its money counts as gone back",
        (draft, command) =>
        {
            var refund = SubjectOf(draft, command)!;
            draft.Payment.GiveBack(refund.Amount, refund.GetMover(), draft.Now);
        }
    );

    private static readonly Effect s_later = Effect.Of<PaymentCommand.RefundRest>(
        "`refund-rest`",
        (draft, rest) =>
            draft.Send(
                new PaymentMessage.RestIsRefunded(
                    new RefundRest(draft.Payment.Id, rest.Actor.Role, rest.Actor.UserId, rest.Actor.Reason),
                    draft.Now + s_restDelay
                )
            )
    );

    private static readonly Effect s_nextKey = new(
        "another idempotency key comes next",
        (draft, command) => SubjectOf(draft, command)!.Try++
    );

    private static readonly Effect s_touch = new(
        "",
        (draft, command) => SubjectOf(draft, command)!.UpdatedAt = draft.Now
    );

    private static readonly Effect s_fail = Effect.Of<RefundAnswered>(
        "Toss's words are kept",
        (draft, answered) =>
        {
            var (refund, failure) = (draft.FindRefund(answered.RefundId), FailureOf(answered)!);
            (refund.TossCode, refund.TossMessage) = (failure.Code, failure.Message);
        }
    );

    private static readonly Effect s_transferred = Effect.Of<MarkTransferred>(
        "who says so",
        (draft, command) => draft.FindRefund(command.RefundId).TransferredBy = command.UserId
    );

    private static readonly Effect s_retry = Effect.Of<RetryRefund>(
        "who wants it",
        (draft, command) =>
        {
            var refund = draft.FindRefund(command.RefundId);
            (refund.RetriedBy, refund.RetriedAt) = (command.UserId, draft.Now);
        }
    );

    private static readonly Guard s_notSettledBefore = Guard.Of<SettleRefund>(
        "nobody else has said so",
        PaymentRefusal.SettledBefore,
        (draft, command) => (draft.FindRefund(command.RefundId).SettledBy ?? command.UserId) == command.UserId
    );

    private static readonly Guard s_wasSettled = Guard.Of<SettleRefund>(
        "it was said before",
        refusal: null,
        (draft, command) => draft.FindRefund(command.RefundId).SettledBy is not null
    );

    private static readonly Effect s_settle = Effect.Of<SettleRefund>(
        "who says so, and why",
        (draft, command) => draft.FindRefund(command.RefundId).Settle(command.UserId, command.Reason, draft.Now)
    );

    private static readonly Effect s_settledOrder = Effect.Of<SettleRefund>(
        "its money counts as gone back; `order-refunded`, if that was all",
        (draft, command) =>
            GiveBack(
                draft,
                draft.FindRefund(command.RefundId).Amount,
                new Actor(PaymentActor.Admin, command.UserId, command.Reason)
            )
    );

    /// <summary>Any other command leaves a refund as it is.</summary>
    private static readonly Transition<RefundStatus>[] s_table =
    [
        On<RequestRefund>(
            "ask for",
            [],
            [s_completed, s_notUndoable, s_noneUnderWay, s_enoughIsLeft, s_byHandAtOnce],
            ToTransfer,
            s_giveBack
        ),
        On<RequestRefund>("ask for", [], [s_completed, s_notUndoable, s_noneUnderWay, s_enoughIsLeft], Pending, s_send),
        On<PaymentCommand.RefundRest>(
            "ask for the rest",
            [],
            [s_stillCompleted, s_restNotRefused, s_oneUnderWay],
            to: null,
            s_later
        ),
        On<PaymentCommand.RefundRest>(
            "ask for the rest",
            [],
            [s_stillCompleted, s_restNotRefused, s_byHandAtOnce],
            ToTransfer,
            s_giveBack
        ),
        On<PaymentCommand.RefundRest>("ask for the rest", [], [s_stillCompleted, s_restNotRefused], Pending, s_send),
        On<LeaveToTransfer>("leave to transfer", [Pending], [], ToTransfer, s_giveBack),
        On<MarkTransferred>("transferred", [ToTransfer], [], Completed, s_transferred),
        On<RefundAnswered>("asked at Toss", [Pending], [s_fault], to: null, s_nextKey, s_touch),
        On<RefundAnswered>("asked at Toss", [Pending], [s_leftDiffers], to: null, s_nextKey, s_touch),
        On<RefundAnswered>("asked at Toss", [Pending], [s_refusedInDoubt], to: null, s_touch),
        On<RefundAnswered>("asked at Toss", [Pending], [s_refused], Failed, s_fail),
        // If the answer is wrong and the refund was made after all, Toss refuses the next one for the amount left.
        On<RefundAnswered>("asked at Toss", [Pending], [s_answered], to: null, s_nextKey, s_touch),
        On<RefundAnswered>("asked at Toss", [Pending], [], to: null, s_touch),
        On<RetryRefund>("try again", [Pending], [], to: null, s_send),
        On<RetryRefund>(
            "try again",
            [Failed],
            [s_completed, s_noneUnderWay, s_enoughIsLeft],
            Pending,
            s_retry,
            s_nextKey,
            s_send
        ),
        On<SettleRefund>("made by hand", [Completed], [s_notSettledBefore, s_wasSettled], to: null),
        Refuse<SettleRefund>("made by hand", [Pending], [], PaymentRefusal.RefundInProgress),
        Refuse<SettleRefund>("made by hand", [Completed, ToTransfer], [], PaymentRefusal.NotRefused),
        On<SettleRefund>(
            "made by hand",
            [Failed],
            [s_completed, s_noneUnderWay, s_enoughIsLeft],
            Completed,
            s_settle,
            s_settledOrder
        ),
    ];

    public static StateMachine<RefundStatus> Machine { get; } =
        new(
            s_table,
            (draft, command) => SubjectOf(draft, command)?.Status,
            (draft, command, to) =>
            {
                if (SubjectOf(draft, command) is { } refund)
                {
                    (refund.Status, refund.UpdatedAt) = (to, draft.Now);
                }
                else
                {
                    draft.Refunds.Add(Create(draft, command, to));
                }
            }
        );

    /// <summary>Decides, and makes the change in the draft.</summary>
    /// <returns>Null where it is not refused.</returns>
    public static PaymentRefusal? Decide(PaymentDraft draft, PaymentCommand command)
    {
        switch (command)
        {
            case RequestRefund request when FindByKey(draft, request.IdempotencyKey) is { } earlier:
                return earlier.AskedAmount == request.Amount && earlier.Reason == request.Actor.Reason
                    ? null
                    : PaymentRefusal.KeyReused;
            case RecordRefunds(var told):
                Record(draft, told, answeredRefundId: null);
                return null;
            case RefundAnswered { Told: TossAnswer.Success(var told) } answered
                when draft.FindRefund(answered.RefundId).Status == Pending:
                Record(draft, told, answered.Answer is TossAnswer.Success ? answered.RefundId : null);
                break;
        }

        return Machine.Decide(draft, command);
    }

    public static Refund? FindByKey(PaymentDraft draft, string idempotencyKey) =>
        draft.Refunds.Find(refund => refund.IdempotencyKey == idempotencyKey);

    /// <summary>
    /// Takes over refunds that Toss made and the shop does not know of: its own, and Toss's console's.
    /// </summary>
    private static void Record(PaymentDraft draft, TossPayment told, long? answeredRefundId)
    {
        var unknown = (told.Cancels ?? [])
            .Where(cancel => draft.Refunds.TrueForAll(refund => refund.TransactionKey != cancel.TransactionKey))
            .ToList();
        foreach (var cancel in unknown)
        {
            var refund =
                draft.Refunds.Find(refund => refund.TransactionKey is null && refund.IsMarkedIn(cancel.CancelReason))
                // Toss says that it has made the refund, so this is the one, even if Toss has kept another reason than
                // it was given.
                ?? draft.Refunds.Find(refund =>
                    refund.Id == answeredRefundId
                    && refund.TransactionKey is null
                    && refund.Amount == cancel.CancelAmount
                    && !unknown.Exists(other => refund.IsMarkedIn(other.CancelReason))
                );
            if (refund is { SettledBy: not null })
            {
                // The money has gone back twice, and is counted once: the reconciliation shows it.
                refund.TransactionKey = cancel.TransactionKey;
                continue;
            }

            if (refund is null)
            {
                refund = CreateFound(draft, cancel);
                draft.Refunds.Add(refund);
            }

            refund.Status = Completed;
            refund.TransactionKey = cancel.TransactionKey;
            (refund.TossCode, refund.TossMessage) = (null, null);
            refund.UpdatedAt = draft.Now;
            GiveBack(draft, cancel.CancelAmount, refund.GetMover());
        }
    }

    /// <summary>
    /// Counts money as gone back. The order has not heard of refunds made in Toss's own console, or by hand: if that
    /// was all, it is told.
    /// </summary>
    private static void GiveBack(PaymentDraft draft, decimal amount, Actor actor)
    {
        draft.Payment.GiveBack(amount, actor, draft.Now);
        if (draft.Payment.Status == PaymentStatus.Refunded)
        {
            draft.Send(new PaymentMessage.OrderIsRefunded(OrderRefunded.Of(draft.Payment, actor)));
        }
    }

    private static Refund? SubjectOf(PaymentDraft draft, PaymentCommand command) =>
        command switch
        {
            OfRefund { RefundId: var id } => draft.FindRefund(id),
            // The one that has just begun, if any.
            _ => draft.Refunds.Find(refund => refund.Id == 0),
        };

    private static decimal? AmountOf(PaymentDraft draft, PaymentCommand command) =>
        command switch
        {
            RequestRefund { Amount: var amount } => amount,
            OfRefund { RefundId: var id } => draft.FindRefund(id).Amount,
            _ => null,
        };

    private static TossFailure? FailureOf(RefundAnswered answered) =>
        answered switch
        {
            { Answer: TossAnswer.Refused(var refusal) } => refusal,
            { Answer: TossAnswer.NotFound(var absence), Told: TossAnswer.NotFound } => absence,
            _ => null,
        };

    private static Refund Create(PaymentDraft draft, PaymentCommand command, RefundStatus status)
    {
        var (asked, actor, key) = command switch
        {
            RequestRefund request => (request.Amount, request.Actor, request.IdempotencyKey),
            PaymentCommand.RefundRest rest => (null, rest.Actor, (string?)null),
            _ => throw new InvalidOperationException($"No refund begins by {command.GetType().Name}."),
        };
        return new Refund
        {
            PaymentId = draft.Payment.Id,
            Amount = asked ?? draft.Payment.Refundable,
            AskedAmount = asked,
            Reason = actor.Reason is { Length: > 0 } reason ? reason.Cut(Refund.MaxReasonLength) : NoReason,
            Status = status,
            Actor = actor.Role,
            UserId = actor.UserId,
            IdempotencyKey = key,
            CreatedAt = draft.Now,
            UpdatedAt = draft.Now,
        };
    }

    private static Refund CreateFound(PaymentDraft draft, TossCancel cancel) =>
        new()
        {
            PaymentId = draft.Payment.Id,
            Amount = cancel.CancelAmount,
            AskedAmount = cancel.CancelAmount,
            Reason = cancel.CancelReason is { Length: > 0 and <= Refund.MaxReasonLength } reason
                ? reason
                : MadeElsewhere,
            Actor = PaymentActor.System,
            CreatedAt = draft.Now,
            UpdatedAt = draft.Now,
        };

    private static Guard Answered(string words, Func<PaymentDraft, RefundAnswered, bool> holds) =>
        Guard.Of(words, refusal: null, holds);
}
