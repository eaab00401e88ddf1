using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Payments;

/// <summary>How payments are changed: in one transaction, by one at a time.</summary>
internal static class PaymentTransactions
{
    private static readonly Func<PaymentDbContext, long, CancellationToken, Task<Payment>> s_read =
        EF.CompileAsyncQuery(
            (PaymentDbContext database, long id, CancellationToken _) =>
                database.Payments.AsNoTracking().Single(payment => payment.Id == id)
        );

    /// <summary>
    /// Does the work in one transaction, again from the start where the database could not go on: a deadlock, a lost
    /// connection. That can be a lost answer to a commit that came through, so the work looks first whether it is done: at
    /// the payment, which it locks, at the cursor of the feed, at the key of the refund.
    /// </summary>
    public static Task<T> TransactAsync<T>(
        this PaymentDbContext database,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync(
            async token =>
            {
                var result = await work(token);
                await database.SaveChangesAsync(token);
                return result;
            },
            // Nobody has to ask: the work looks itself, under its lock, so that it also sees what has been committed late.
            wasDone: _ => Task.FromResult(false),
            cancellationToken
        );

    /// <inheritdoc cref="TransactAsync{T}" />
    public static Task TransactAsync(
        this PaymentDbContext database,
        Func<CancellationToken, Task> work,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken
        );

    /// <summary>The payment as it is now, to look at.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Task<Payment> ReadPaymentAsync(
        this PaymentDbContext database,
        long paymentId,
        CancellationToken cancellationToken
    ) => s_read(database, paymentId, cancellationToken);

    /// <summary>The payment, which nobody else changes until the transaction ends; null if there is none.</summary>
    public static async Task<Payment?> LockPaymentAsync(
        this PaymentDbContext database,
        long paymentId,
        CancellationToken cancellationToken
    ) =>
        Only(
            await database
                .Payments.FromSql($"SELECT * FROM payments WHERE id = {paymentId} FOR UPDATE")
                .ToListAsync(cancellationToken)
        );

    /// <summary>The order's payment, which nobody else changes until the transaction ends; null if there is none.</summary>
    public static async Task<Payment?> LockPaymentOfOrderAsync(
        this PaymentDbContext database,
        long orderId,
        CancellationToken cancellationToken
    ) =>
        Only(
            await database
                .Payments.FromSql($"SELECT * FROM payments WHERE order_id = {orderId} FOR UPDATE")
                .ToListAsync(cancellationToken)
        );

    /// <summary>
    /// The order's payment, which nobody else changes until the transaction ends; this new one if there is none yet.
    /// </summary>
    public static async Task<Payment> LockOrAddPaymentAsync(
        this PaymentDbContext database,
        Payment fresh,
        CancellationToken cancellationToken
    )
    {
        // Not asked for first, for mostly there is none. Somebody else may be adding it just now; then theirs is waited for.
        var payments = await database
            .Payments.FromSql(
                $"""
                INSERT INTO payments
                    (order_id, order_number, user_id, amount, refunded_amount, method, status, depositor_name,
                     created_at, updated_at)
                VALUES
                    ({fresh.OrderId}, {fresh.OrderNumber}, {fresh.UserId}, {fresh.Amount}, 0, {fresh.Method.ToWord()},
                     {fresh.Status.ToWord()}, {fresh.DepositorName}, {fresh.CreatedAt}, {fresh.UpdatedAt})
                ON DUPLICATE KEY UPDATE id = id;
                SELECT * FROM payments WHERE order_id = {fresh.OrderId} FOR UPDATE
                """
            )
            .ToListAsync(cancellationToken);
        return Only(payments)
            ?? throw new InvalidOperationException($"Another order has the number {fresh.OrderNumber}.");
    }

    // Read as a whole: a query around it would be a subquery, and what that locks is the server's choice.
    private static Payment? Only(List<Payment> payments) => payments.SingleOrDefault();
}
