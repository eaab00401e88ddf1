using MsaShop.Data;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Cards;

/// <summary>What is written when an order is paid by card and nothing is in the way: what happens most often, in SQL.</summary>
internal static class CardStatements
{
    /// <summary>How many rows <see cref="WriteCharged"/> writes, if nobody has been at the attempt or its payment.</summary>
    public const int ChargedRows = 3;

    /// <summary>
    /// The payment of an order that awaits a card, and the first attempt to pay it; neither where the feed has told of no such
    /// order, or it has a payment already.
    /// </summary>
    public static void WriteFirstAttempt(this BatchedTransaction transaction, long userId, CardAttempt attempt)
    {
        transaction.Write(
            $"""
            INSERT IGNORE INTO payments
                (order_id, order_number, user_id, amount, refunded_amount, method, status, payment_key, created_at,
                 updated_at)
            SELECT order_id, order_number, user_id, amount, 0, {PaymentMethod.Card.ToWord()},
                {PaymentStatus.Pending.ToWord()}, {attempt.PaymentKey}, {attempt.CreatedAt}, {attempt.UpdatedAt}
            FROM awaited_cards
            WHERE order_number = {attempt.OrderNumber} AND user_id = {userId} AND amount = {attempt.Amount}
            """
        );
        transaction.Write(
            $"""
            INSERT INTO card_attempts
                (payment_id, order_number, payment_key, amount, status, try, lease_until, created_at, updated_at)
            SELECT id, order_number, payment_key, amount, {attempt.Status.ToWord()}, {attempt.Try}, {attempt.LeaseUntil},
                {attempt.CreatedAt}, {attempt.UpdatedAt}
            FROM payments
            WHERE ROW_COUNT() = 1 AND id = LAST_INSERT_ID()
            """
        );
    }

    /// <summary>The card has been charged: attempt, payment and its history.</summary>
    public static void WriteCharged(this BatchedTransaction transaction, CardAttempt attempt, Actor actor, DateTime now)
    {
        transaction.Write(
            $"""
            UPDATE card_attempts
            SET status = {CardAttemptStatus.Done.ToWord()}, lease_until = NULL, updated_at = {now}
            WHERE id = {attempt.Id} AND status = {CardAttemptStatus.Confirming.ToWord()}
            """
        );
        transaction.Write(
            $"""
            UPDATE payments
            SET status = {PaymentStatus.Completed.ToWord()}, updated_at = {now}
            WHERE id = {attempt.PaymentId} AND status = {PaymentStatus.Pending.ToWord()}
                AND payment_key = {attempt.PaymentKey}
            """
        );
        transaction.Write(
            $"""
            INSERT INTO payment_changes (payment_id, from_status, to_status, actor, user_id, reason, changed_at)
            VALUES ({attempt.PaymentId}, {PaymentStatus.Pending.ToWord()}, {PaymentStatus.Completed.ToWord()},
                {actor.Role.ToWord()}, {actor.UserId}, {actor.Reason}, {now})
            """
        );
    }
}
