using Dapper;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>What the shop still has to do by itself, wherever it has written it down.</summary>
public static class PendingWork
{
    /// <summary>Reads it all, in words, one line each.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(ShopDatabases databases)
    {
        await using var orders = await databases.OpenAsync("orderdb");
        await using var payments = await databases.OpenAsync("paymentdb");
        var cursor = await payments.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(position), 0) FROM event_cursors");

        return
        [
            .. await OutboxAsync("orderdb", orders),
            .. await OutboxAsync("paymentdb", payments),
            .. await orders.QueryAsync<string>(
                "SELECT CONCAT('placement ', order_number, ' is RUNNING until ', lease_until) FROM order_placements WHERE state = 'RUNNING'"
            ),
            .. await orders.QueryAsync<string>(
                "SELECT CONCAT('event ', id, ' (', type, ') has not been read') FROM order_events WHERE position IS NULL OR position > @cursor",
                new { cursor }
            ),
            .. await orders.QueryAsync<string>(
                "SELECT CONCAT('order ', order_number, ' is held since ', payment_hold) FROM orders WHERE payment_hold IS NOT NULL"
            ),
            .. await payments.QueryAsync<string>(
                "SELECT CONCAT('attempt ', id, ' of ', order_number, ' is CONFIRMING') FROM card_attempts WHERE status = 'CONFIRMING'"
            ),
            .. await payments.QueryAsync<string>(
                "SELECT CONCAT('refund ', id, ' of payment ', payment_id, ' is PENDING') FROM refunds WHERE status = 'PENDING'"
            ),
        ];
    }

    /// <summary>Orders that run out, unless they are paid: those whose deposit has been seen wait longer.</summary>
    public static async Task<IReadOnlyList<string>> UnpaidAsync(ShopDatabases databases)
    {
        await using var orders = await databases.OpenAsync("orderdb");
        return
        [
            .. await orders.QueryAsync<string>(
                """
                SELECT CONCAT('order ', order_number, ' is to be paid by ', pay_by) FROM orders
                WHERE status = 'PENDING' AND deposit_seen_at IS NULL
                """
            ),
        ];
    }

    /// <summary>Messages that the shop has given up are never done by waiting.</summary>
    public static async Task<IReadOnlyList<string>> DeadAsync(ShopDatabases databases)
    {
        await using var orders = await databases.OpenAsync("orderdb");
        await using var payments = await databases.OpenAsync("paymentdb");
        return [.. await OutboxAsync("orderdb", orders, "DEAD"), .. await OutboxAsync("paymentdb", payments, "DEAD")];
    }

    private static Task<IEnumerable<string>> OutboxAsync(
        string database,
        MySqlConnection connection,
        string status = "PENDING"
    ) =>
        connection.QueryAsync<string>(
            """
            SELECT CONCAT(@database, ': ', type, ' ', `key`, ' is ', status, ' after ', attempts, ' attempts, next at ',
                          next_attempt_at, ', ', COALESCE(last_error, 'no error'))
            FROM outbox_messages WHERE status = @status ORDER BY id LIMIT 20
            """,
            new { database, status }
        );
}
