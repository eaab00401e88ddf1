using MsaShop.PaymentService.Toss;
using static MsaShop.PaymentService.Cards.CardAttemptStatus;
using static MsaShop.PaymentService.Payments.PaymentCommand;
using static MsaShop.PaymentService.Payments.StateMachine<MsaShop.PaymentService.Cards.CardAttemptStatus>;

namespace MsaShop.PaymentService.Cards;

/// <summary>Decides what happens to an attempt to pay by card, and to its payment.</summary>
internal static class CardTransitions
{
    private static readonly Actor s_charged = Actor.Shop("Toss charged the card.");

    private static readonly Guard s_noneUnderWay = new(
        "no other attempt is under way",
        PaymentRefusal.PaymentInProgress,
        (draft, _) => !draft.Attempts.Exists(attempt => attempt.Status == Confirming)
    );

    private static readonly Guard s_unpaid = Guard.Of<BeginAttempt>(
        "the order awaits its money",
        PaymentRefusal.NotPayable,
        (draft, begin) => IsUnpaid(draft) && begin.Order.Status == OrderStatus.Pending
    );

    // Only an attempt that failed releases the order.
    private static readonly Guard s_released = new(
        "no release after an earlier attempt is pending",
        PaymentRefusal.StillReleasing,
        (draft, _) => !draft.Before.IsReleasing || draft.Attempts.Count == 0
    );

    private static readonly Guard s_notPaidOtherwise = new(
        "the order was not paid otherwise",
        Refusal: null,
        (draft, _) => IsUnpaid(draft)
    );

    private static readonly Guard s_byRequest = Guard.Of<OfAttempt>(
        "the news comes from the request that began it",
        refusal: null,
        (_, command) => command.ByRequest
    );

    private static readonly Effect s_begin = Effect.Of<BeginAttempt>(
        "the payment is PENDING, with this attempt's key",
        (draft, begin) =>
        {
            var payment = draft.Payment;
            payment.PaymentKey = begin.PaymentKey;
            payment.UpdatedAt = draft.Now;
            if (payment.Status == PaymentStatus.Failed)
            {
                var shopper = new Actor(PaymentActor.Customer, payment.UserId, "Another try to pay by card.");
                payment.Move(PaymentStatus.Pending, shopper, draft.Now);
            }
        }
    );

    private static readonly Effect s_complete = Effect.Of<Charged>(
        "the payment is COMPLETED",
        (draft, command) =>
        {
            var attempt = draft.FindAttempt(command.AttemptId);
            (attempt.TossCode, attempt.TossMessage) = (null, null);
            draft.Payment.PaymentKey = attempt.PaymentKey;
            draft.Payment.Move(PaymentStatus.Completed, s_charged, draft.Now);
        }
    );

    private static readonly Effect s_tell = Effect.Of<Charged>(
        "`order-paid`",
        (draft, command) =>
            draft.Send(new PaymentMessage.OrderIsPaid(OrderPaid.ByCard(draft.Payment), IsAwaited: command.ByRequest))
    );

    private static readonly Effect s_fail = Effect.Of<NotCharged>(
        "the payment is FAILED and `release-hold`, unless another attempt has taken its place",
        (draft, command) =>
        {
            var (attempt, payment, failure) = (draft.FindAttempt(command.AttemptId), draft.Payment, command.Failure);
            attempt.TossCode = failure?.Code?.Cut(100);
            attempt.TossMessage = failure?.Message?.Cut(510);
            if (payment.Status == PaymentStatus.Pending && payment.PaymentKey == attempt.PaymentKey)
            {
                var why = failure is null ? "The order could not be held." : $"Toss: {failure.Code}.";
                payment.Move(PaymentStatus.Failed, Actor.Shop(why.Cut(200)), draft.Now);
                draft.Send(new PaymentMessage.OrderIsReleased());
            }
        }
    );

    private static readonly Effect s_nextKey = Effect.Of<OutcomeUnknown>(
        "another idempotency key comes next, if Toss has answered",
        (draft, command) => draft.FindAttempt(command.AttemptId).Try += command.WasAnswered ? 1 : 0
    );

    private static readonly Effect s_end = Effect.Of<OfAttempt>(
        "the request has ended",
        (draft, command) =>
        {
            var attempt = draft.FindAttempt(command.AttemptId);
            (attempt.LeaseUntil, attempt.UpdatedAt) = (null, draft.Now);
        }
    );

    private static readonly Effect s_settle = Effect.Of<OfAttempt>(
        "`settle-card`, if the news comes from the request",
        (draft, command) =>
        {
            if (command.ByRequest)
            {
                draft.Send(new PaymentMessage.AttemptIsSettled(draft.FindAttempt(command.AttemptId)));
            }
        }
    );

    private static readonly Effect s_giveBack = s_settle with { Words = "`settle-card`, which gives it back" };

    /// <summary>
    /// Other commands leave an attempt as it is. Outcomes are final, except that a charge overrides a refusal.
    /// </summary>
    private static readonly Transition<CardAttemptStatus>[] s_table =
    [
        On<BeginAttempt>("begin", [], [s_noneUnderWay, s_unpaid, s_released], Confirming, s_begin),
        On<Charged>("charged", [Confirming, Refused], [s_notPaidOtherwise], Done, s_complete, s_tell, s_end),
        On<Charged>("charged", [Confirming, Refused], [s_byRequest], to: null, s_giveBack),
        On<NotCharged>("not charged", [Confirming], [], Refused, s_fail, s_end),
        On<OutcomeUnknown>("outcome unknown", [Confirming], [], to: null, s_nextKey, s_end, s_settle),
    ];

    public static StateMachine<CardAttemptStatus> Machine { get; } =
        new(
            s_table,
            (draft, command) =>
                command switch
                {
                    BeginAttempt begin => draft
                        .Attempts.Find(attempt => attempt.PaymentKey == begin.PaymentKey)
                        ?.Status,
                    OfAttempt { AttemptId: var id } => draft.FindAttempt(id).Status,
                    _ => null,
                },
            (draft, command, to) =>
            {
                switch (command)
                {
                    case BeginAttempt begin:
                        draft.Attempts.Add(Create(draft, begin, to));
                        break;
                    case OfAttempt { AttemptId: var id }:
                        draft.FindAttempt(id).Status = to;
                        break;
                }
            }
        );

    private static bool IsUnpaid(PaymentDraft draft) =>
        draft.Payment.Status is PaymentStatus.Pending or PaymentStatus.Failed;

    private static CardAttempt Create(PaymentDraft draft, BeginAttempt begin, CardAttemptStatus status) =>
        new()
        {
            PaymentId = draft.Payment.Id,
            OrderNumber = draft.Payment.OrderNumber,
            PaymentKey = begin.PaymentKey,
            Amount = draft.Payment.Amount,
            Status = status,
            // From then on the background sees to it, whatever happened to the request.
            LeaseUntil = draft.Now + begin.Lease,
            CreatedAt = draft.Now,
            UpdatedAt = draft.Now,
        };
}
