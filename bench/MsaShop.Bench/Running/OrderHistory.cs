using MySqlConnector;
using static System.FormattableString;

namespace MsaShop.Bench.Running;

/// <summary>Years of orders: the contents of order-svc's database after so many, at ten thousand a day.</summary>
/// <remarks>
/// Nearly all are delivered or cancelled, with their complete history; those of the last three days are still under
/// way. Placements cover the last week and messages the last day, as the service keeps them. Events cover the last
/// hundred thousand orders only, because older ones are never read.
/// </remarks>
internal static class OrderHistory
{
    private const int Chunk = 1_000_000;

    private const int OrdersWithEvents = 100_000;
    private const int OrdersWithPlacements = 70_000;

    public static async Task FillAsync(string database, int orders)
    {
        if (orders == 0)
        {
            return;
        }

        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);
        await NumberAsync(first, orders);
        // Building an index once at the end takes a tenth of the time.
        var (drop, add) = await IndexesAsync(first);
        await ShopData.ExecuteAsync(first, drop);
        await Task.WhenAll(AddOrdersAsync(first, orders, add), AddWhatBelongsToThemAsync(second, orders));
        await ShopData.ExecuteAsync(
            first,
            "DROP TABLE numbers; ANALYZE TABLE orders, order_items, order_status_changes, order_events, order_placements"
        );
    }

    /// <summary>Derives each order's time, user and state from its number.</summary>
    private static async Task NumberAsync(MySqlConnection connection, int orders)
    {
        await ShopData.ExecuteAsync(
            connection,
            """
            CREATE TABLE numbers (n BIGINT PRIMARY KEY, at DATETIME(6) NOT NULL, user BIGINT NOT NULL, state TINYINT NOT NULL);
            CREATE TEMPORARY TABLE counted (n BIGINT PRIMARY KEY);
            INSERT INTO counted
                WITH d AS (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                    UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)
                SELECT 1 + a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n + 100000 * g.n FROM d a, d b, d c, d e, d f, d g
                ORDER BY 1;
            SET @now = UTC_TIMESTAMP(6);
            """
        );
        for (var done = 0; done < orders; done += Chunk)
        {
            // A day has 10,000 orders; one in twenty is cancelled. state counts the moves that led to it; 4 is
            // cancelled.
            await ShopData.ExecuteAsync(
                connection,
                Invariant(
                    $"""
                    INSERT INTO numbers
                    SELECT {done} + n, TIMESTAMPADD(MICROSECOND, ({done} + n - {orders}) * 8640000, @now),
                        101 + ({done} + n) * 7919 % {Math.Max(64, orders / 20)},
                        CASE WHEN n % 20 = 0 THEN 4
                            WHEN {orders} - {done} - n >= 30000 THEN 3
                            WHEN {orders} - {done} - n >= 20000 THEN 2
                            WHEN {orders} - {done} - n >= 10000 OR n % 3 > 0 THEN 1 ELSE 0 END
                    FROM counted ORDER BY n
                    """
                )
            );
        }
    }

    private static async Task AddOrdersAsync(MySqlConnection connection, int orders, string addIndexes)
    {
        for (var done = 0; done < orders; done += Chunk)
        {
            await ShopData.ExecuteAsync(
                connection,
                Invariant(
                    $"""
                    INSERT INTO orders (id, order_number, user_id, email, status, total_price, payment_method, recipient_name,
                        recipient_phone, recipient_postal_code, recipient_address1, recipient_address2, depositor_name, pay_by,
                        created_at, updated_at, payment_id)
                    SELECT n, CONCAT(DATE_FORMAT(at, '%Y%m%d'), '-', UPPER(LEFT(MD5(n), 20))), user,
                        CONCAT('user', user, '@example.com'),
                        ELT(state + 1, 'PENDING', 'CONFIRMED', 'SHIPPING', 'DELIVERED', 'CANCELLED'), 1000 * (1 + n % 97),
                        IF(n % 3 = 0, 'BANK_TRANSFER', 'CARD'), '홍길동', '01012345678', '06236', '서울특별시 강남구 테헤란로 152',
                        '강남파이낸스센터 12층', IF(n % 3 = 0, '홍길동', NULL), at + INTERVAL IF(n % 3 = 0, 4320, 30) MINUTE, at, at, n
                    FROM numbers WHERE n > {done} AND n <= {done + Chunk} ORDER BY n
                    """
                )
            );
        }

        await ShopData.ExecuteAsync(connection, addIndexes);
    }

    private static async Task AddWhatBelongsToThemAsync(MySqlConnection connection, int orders)
    {
        for (var done = 0; done < orders; done += Chunk)
        {
            await ShopData.ExecuteAsync(
                connection,
                Invariant(
                    $"""
                    INSERT INTO order_items (order_id, product_id, product_name, price, quantity)
                    SELECT n, 1 + n % 500, CONCAT('에티오피아 원두 커피 ', n % 500), 1000 * (1 + n % 97), 1
                    FROM numbers WHERE n > {done} AND n <= {done + Chunk} ORDER BY n;
                    INSERT INTO order_status_changes (order_id, from_status, to_status, actor, user_id, changed_at)
                    SELECT n, ELT(step, 'PENDING', 'CONFIRMED', 'SHIPPING'),
                        IF(state = 4, 'CANCELLED', ELT(step, 'CONFIRMED', 'SHIPPING', 'DELIVERED')), 'ADMIN', 1,
                        at + INTERVAL step DAY
                    FROM numbers, (SELECT 1 AS step UNION ALL SELECT 2 UNION ALL SELECT 3) steps
                    WHERE n > {done} AND n <= {done + Chunk} AND step <= IF(state = 4, 1, state)
                    ORDER BY n, step
                    """
                )
            );
        }

        await ShopData.ExecuteAsync(
            connection,
            Invariant(
                $$"""
                INSERT INTO order_events (position, type, order_id, order_number, occurred_at, trace_parent, data)
                SELECT ROW_NUMBER() OVER (ORDER BY n, step), IF(step = 0, 'ORDER_PLACED', 'ORDER_STATUS_CHANGED'), n,
                    CONCAT(DATE_FORMAT(at, '%Y%m%d'), '-', UPPER(LEFT(MD5(n), 20))), at,
                    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
                    '{"userId":100,"totalPrice":25000,"paymentMethod":"BANK_TRANSFER","depositorName":"홍길동","payBy":"2026-11-04T10:00:00Z"}'
                FROM numbers, (SELECT 0 AS step UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) steps
                WHERE n > {{orders - OrdersWithEvents}} AND step <= IF(state = 4, 1, state);
                UPDATE order_feed SET last_position = (SELECT MAX(position) FROM order_events);
                INSERT INTO order_placements (order_number, user_id, idempotency_key, request_hash, state, answer_status,
                    answer_location, answer_body, lease_until, created_at, updated_at)
                SELECT CONCAT(DATE_FORMAT(at, '%Y%m%d'), '-', UPPER(LEFT(MD5(n), 20))), user, UUID(), SHA2(n, 256), 'PLACED', 201,
                    CONCAT('/api/orders/', n), REPEAT('{"id":25000}', 70), at, at, at
                FROM numbers WHERE n > {{orders - OrdersWithPlacements}} ORDER BY n;
                INSERT INTO outbox_messages (type, `key`, payload, status, attempts, failures, created_at, next_attempt_at, done_at)
                SELECT 'return-stock', n, '{"orderNumber":"20261122-7K2M9QX4T8WNB3CDHJ5V"}', 'DONE', 1, 0, at, at, at
                FROM numbers WHERE n > {{orders - 10_000}} AND state = 4 ORDER BY n
                """
            )
        );
    }

    /// <summary>Statements that drop all secondary indexes of orders, and that recreate them.</summary>
    private static async Task<(string Drop, string Add)> IndexesAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand(
            """
            SELECT index_name, non_unique, GROUP_CONCAT(column_name ORDER BY seq_in_index) FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = 'orders' AND index_name <> 'PRIMARY' GROUP BY 1, 2
            """,
            connection
        );
        List<string> drops = [];
        List<string> adds = [];
        await using var indexes = await command.ExecuteReaderAsync();
        while (await indexes.ReadAsync())
        {
            var (name, unique, columns) = (indexes.GetString(0), indexes.GetInt32(1) == 0, indexes.GetString(2));
            drops.Add($"DROP INDEX {name}");
            adds.Add($"ADD {(unique ? "UNIQUE " : "")}INDEX {name} ({columns})");
        }

        return ($"ALTER TABLE orders {string.Join(',', drops)}", $"ALTER TABLE orders {string.Join(',', adds)}");
    }

    private static async Task<MySqlConnection> OpenAsync(string database)
    {
        var settings = new MySqlConnectionStringBuilder(database) { AllowUserVariables = true, Pooling = false };
        var connection = await ShopData.OpenAsync(settings.ConnectionString);
        await ShopData.ExecuteAsync(connection, "SET SESSION sql_log_bin = 0, foreign_key_checks = 0");
        return connection;
    }
}
