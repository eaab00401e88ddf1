using System.Diagnostics;
using MySqlConnector;

namespace MsaShop.Bench.Running;

/// <summary>The databases' contents before anything is measured.</summary>
public static class ShopData
{
    public const int Products = 500;

    /// <summary>The id of the first flash-sale product, beyond the others.</summary>
    public const int FlashProduct = 10_000_000;

    // Enough that no ordinary product runs out in any benchmark.
    private const int Plenty = 9_000_000;

    private static readonly string[] s_categories =
    [
        .. "커피 전자제품 의류 가구 캠핑 주방 욕실 식품 차 음향 잡화 양말 문구 도서 완구 반려동물 운동 여행 원예 공구".Split(
            ' '
        ),
    ];

    /// <summary>
    /// The shoppers' ids, beyond the administrator's: so many that none exceeds the limit of unpaid orders, however
    /// long a benchmark runs.
    /// </summary>
    public static IReadOnlyList<int> Users { get; } = [.. Enumerable.Range(101, 40_000)];

    internal static async Task FillAsync(Shop shop)
    {
        await AddProductsAsync(shop, 1, Products);
        await using (var products = await OpenAsync(shop.ProductDatabase))
        {
            await ExecuteAsync(
                products,
                """
                CREATE TABLE floor_products (id BIGINT PRIMARY KEY, price DECIMAL(15,2) NOT NULL, stock INT NOT NULL);
                CREATE TABLE floor_orders (
                    id BIGINT AUTO_INCREMENT PRIMARY KEY, user_id BIGINT NOT NULL, email VARCHAR(100) NOT NULL,
                    total_price DECIMAL(15,2) NOT NULL, status VARCHAR(20) NOT NULL, created_at DATETIME(6) NOT NULL,
                    INDEX (user_id, created_at));
                CREATE TABLE floor_order_items (
                    id BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT NULL, product_id BIGINT NOT NULL, quantity INT NOT NULL,
                    INDEX (order_id), FOREIGN KEY (order_id) REFERENCES floor_orders (id));
                INSERT INTO floor_products SELECT id, price, stock FROM products;
                """
            );
        }

        await using var users = await OpenAsync(shop.UserDatabase);
        foreach (var ids in Users.Chunk(5000))
        {
            var rows = ids.Select(id =>
                $"({id}, 'user{id}@example.com', '-', '벤치', 'USER', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
            );
            await ExecuteAsync(
                users,
                "INSERT INTO users (id, email, password, name, role, created_at, updated_at) VALUES "
                    + string.Join(',', rows)
            );
        }
    }

    /// <summary>Adds products with descriptions of 300 characters, each a second newer than the previous.</summary>
    public static async Task AddProductsAsync(Shop shop, int first, int last, int stock = Plenty)
    {
        await using var connection = await OpenAsync(shop.ProductDatabase);
        foreach (var ids in Enumerable.Range(first, last - first + 1).Chunk(500))
        {
            var rows = ids.Select(id =>
            {
                // Seeded, so that every run has the same products.
                var random = new Random(id);
                var name = $"{Vocabulary.Text(random, 25)} {id}";
                var description = Vocabulary.Text(random, 300);
                return $"({id}, '{name}', '{description}', {random.Next(10, 900) * 100}, {stock}, '{s_categories[random.Next(s_categories.Length)]}', "
                    + $"'AVAILABLE', TIMESTAMPADD(SECOND, {id}, '2026-01-01'), TIMESTAMPADD(SECOND, {id}, '2026-01-01'))";
            });
            var ledger = ids.Select(id =>
                $"({id}, 'INITIAL', {stock}, {stock}, TIMESTAMPADD(SECOND, {id}, '2026-01-01'))"
            );
            await ExecuteAsync(
                connection,
                "INSERT INTO products (id, name, description, price, stock, category, status, created_at, updated_at) VALUES "
                    + $"{string.Join(',', rows)};"
                    + "INSERT INTO stock_movements (product_id, kind, quantity, stock_after, created_at) VALUES "
                    + string.Join(',', ledger)
            );
        }

        await ExecuteAsync(connection, "ANALYZE TABLE products");
    }

    /// <summary>
    /// Copies existing products with their search index until there are <paramref name="to"/>: indexing each would take
    /// longer than the benchmark.
    /// </summary>
    public static async Task CopyProductsAsync(Shop shop, int from, int to)
    {
        const string Columns =
            "name, description, price, stock, category, status, created_at, updated_at, indexed_text";
        await using var connection = await OpenAsync(shop.ProductDatabase);
        // Copies need not be in the binary log.
        await ExecuteAsync(
            connection,
            """
            SET sql_log_bin = 0;
            CREATE TABLE copies (first BIGINT PRIMARY KEY);
            CREATE TABLE copied_terms LIKE search_bigrams;
            ALTER TABLE copied_terms DROP INDEX ix_search_bigrams_product;
            """
        );
        for (var first = 0; first < to; first += from)
        {
            await ExecuteAsync(connection, $"INSERT INTO copies VALUES ({first})");
            if (first > 0)
            {
                await ExecuteAsync(
                    connection,
                    $"INSERT INTO products (id, {Columns}) SELECT id + {first}, {Columns} FROM products WHERE id <= {from}"
                );
            }
        }

        // In the table's own order: by term, then by product.
        foreach (var terms in (await ReadTermsAsync(connection)).Chunk(200))
        {
            await ExecuteAsync(
                connection,
                $"""
                INSERT INTO copied_terms (term, product_id)
                SELECT t.term, t.product_id + copies.first
                FROM (SELECT DISTINCT term FROM search_bigrams WHERE term >= '{terms[0]}' AND term <= '{terms[
                    ^1
                ]}' ORDER BY term) d
                STRAIGHT_JOIN copies
                STRAIGHT_JOIN search_bigrams t ON t.term = d.term
                """
            );
        }

        await ExecuteAsync(
            connection,
            """
            DROP TABLE search_bigrams;
            RENAME TABLE copied_terms TO search_bigrams;
            ALTER TABLE search_bigrams ADD INDEX ix_search_bigrams_product (product_id);
            ANALYZE TABLE products, search_bigrams
            """
        );
    }

    private static async Task<List<string>> ReadTermsAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand(
            "SELECT DISTINCT term FROM search_bigrams ORDER BY term",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var terms = new List<string>();
        while (await reader.ReadAsync())
        {
            terms.Add(reader.GetString(0));
        }

        return terms;
    }

    /// <summary>Adds products with ids from 1, without a stock ledger: a million in a minute or two.</summary>
    public static async Task AddManyProductsAsync(Shop shop, int count)
    {
        await using var connection = await OpenAsync(shop.ProductDatabase);
        await ExecuteAsync(
            connection,
            """
            CREATE TABLE digits (d INT PRIMARY KEY);
            INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
            """
        );
        const int AtOnce = 10_000;
        for (var first = 1; first <= count; first += AtOnce)
        {
            await ExecuteAsync(
                connection,
                $"""
                INSERT INTO products (id, name, description, price, stock, category, status, created_at, updated_at)
                SELECT n, CONCAT(ELT(1 + n % 7, '원두', '키보드', '셔츠', '책상', '텀블러', '비누', '우산'), ' ', n), REPEAT('설명하는글 ', 50),
                    1000 + n * 7919 % 90000, {Plenty}, CONCAT('분류 ', n % 20), IF(n % 10 = 0, 'DISCONTINUED', 'AVAILABLE'),
                    TIMESTAMPADD(SECOND, n, '2026-01-01'), TIMESTAMPADD(SECOND, n, '2026-01-01')
                FROM (
                    SELECT {first} + a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM digits a, digits b, digits c, digits e
                ) numbers
                WHERE n <= {count}
                """
            );
        }

        await ExecuteAsync(connection, "ANALYZE TABLE products");
    }

    /// <summary>Queries one number.</summary>
    public static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The processor time of a database's server so far.</summary>
    public static async Task<TimeSpan> ServerTimeAsync(string database)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new MySqlCommand("SELECT @@pid_file", connection);
        var file = (string)(await command.ExecuteScalarAsync())!;
        using var server = Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture)
        );
        return server.TotalProcessorTime;
    }

    /// <summary>A status variable of a database's server; 0 if it does not exist.</summary>
    public static async Task<long> StatusAsync(string database, string name)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new MySqlCommand($"SHOW GLOBAL STATUS LIKE '{name}'", connection);
        await using var status = await command.ExecuteReaderAsync();
        return await status.ReadAsync()
            ? long.Parse(status.GetString(1), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    public static async Task<MySqlConnection> OpenAsync(string connectionString)
    {
        var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    public static async Task ExecuteAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
