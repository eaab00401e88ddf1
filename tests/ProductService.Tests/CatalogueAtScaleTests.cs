using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ProductService.Catalogue;
using MsaShop.Testing;
using MySqlConnector;

namespace MsaShop.ProductService.Tests;

/// <summary>Two thousand products, and what the service asks the database.</summary>
public sealed class LargeShop : ServiceFactory<Program>, IAsyncLifetime
{
    public const int Products = 2000;

    private readonly Recorder _recorder = new();

    public LargeShop()
        : base("productdb") { }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductDbContext>().Database;
        // Every one is a box; every hundredth has a word of its own; every tenth is not sold any more.
        await database.ExecuteSqlRawAsync(
            """
            CREATE TABLE digits (d INT PRIMARY KEY);
            INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
            INSERT INTO products (name, description, price, stock, category, status, created_at, updated_at)
            SELECT CONCAT('상자 ', n, IF(n % 100 = 1, ' 귤나무', '')), REPEAT('설명 ', 100), 1000 + n, 1, CONCAT('분류', n % 5),
                IF(n % 10 = 0, 'DISCONTINUED', 'AVAILABLE'), TIMESTAMPADD(SECOND, n, '2026-01-01'), '2026-01-01'
            FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM digits a, digits b, digits c, digits e WHERE e.d < 2) numbers;
            ANALYZE TABLE products
            """
        );
        await Services.GetRequiredService<SearchIndexRepair>().RunOnceAsync(CancellationToken.None);
        await database.ExecuteSqlRawAsync("ANALYZE TABLE search_bigrams");
    }

    /// <summary>How the database goes about all that the service asked it in the meantime, a line for each table.</summary>
    public async Task<List<Step>> ExplainAsync(Func<Task> work)
    {
        _recorder.Commands.Clear();
        await work();
        await using var connection = new MySqlConnection(Settings["ConnectionStrings:productdb"]);
        await connection.OpenAsync();
        var steps = new List<Step>();
        foreach (var (sql, parameters) in _recorder.Commands)
        {
            await using var command = new MySqlCommand($"EXPLAIN {sql}", connection);
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                steps.Add(
                    new Step(
                        sql,
                        Text(reader, "table"),
                        Text(reader, "type"),
                        Text(reader, "key"),
                        Text(reader, "Extra")
                    )
                );
            }
        }

        return steps;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
            services.ConfigureDbContext<ProductDbContext>(options => options.AddInterceptors(_recorder))
        );
    }

    private static string Text(DbDataReader reader, string column) => reader[column] as string ?? "";

    public sealed record Step(string Sql, string Table, string Type, string Key, string Extra);

    private sealed class Recorder : DbCommandInterceptor
    {
        public ConcurrentQueue<(string Sql, MySqlParameter[] Parameters)> Commands { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Commands.Enqueue(
                (
                    command.CommandText,
                    [.. command.Parameters.Cast<MySqlParameter>().Select(parameter => parameter.Clone())]
                )
            );
            return new(result);
        }
    }
}

/// <summary>Lists and searches that do not read the whole catalogue.</summary>
public sealed class CatalogueAtScaleTests(LargeShop shop) : IClassFixture<LargeShop>
{
    [Theory]
    [InlineData("귤나무", 20)]
    [InlineData("귤", 20)]
    [InlineData("상자 귤나", 20)]
    [InlineData("상자", 1800)]
    [InlineData("상", 1800)]
    [InlineData("상자 설명", 1800)]
    [InlineData("없는말", 0)]
    public async Task No_search_reads_all_products(string keywords, int total)
    {
        foreach (var sort in new[] { "newest", "priceAsc", "name" })
        {
            var steps = await shop.ExplainAsync(async () =>
            {
                var list = await ListAsync($"q={Uri.EscapeDataString(keywords)}&sort={sort}&inStock=true");
                Assert.Equal(total, list.GetProperty("total").GetInt32());
                Assert.Equal(Math.Min(total, 20), list.GetProperty("items").GetArrayLength());
            });

            Assert.Contains(steps, step => step.Sql.Contains("search_bigrams", StringComparison.Ordinal));
            Assert.DoesNotContain(steps, ReadsAll);
        }
    }

    [Theory]
    [InlineData("", "ix_products_newest", 1)]
    [InlineData("page=5", "ix_products_newest", 1)]
    [InlineData("sort=priceAsc", "ix_products_price", 2)]
    [InlineData("sort=priceDesc&page=3", "ix_products_price", 2)]
    [InlineData("sort=name", "ix_products_name", 2)]
    [InlineData("category=분류1", "ix_products_category", 2)]
    public async Task A_list_s_first_pages_come_out_of_an_index_as_they_are(string query, string index, int statements)
    {
        var steps = await ExplainKnownAsync(query);

        Assert.Contains(steps, step => step.Key == index);
        Assert.Equal(statements, steps.DistinctBy(step => step.Sql).Count());
        Assert.DoesNotContain(steps, step => step.Extra.Contains("filesort", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("page=6", "ix_products_newest")]
    [InlineData("sort=name&page=50", "ix_products_name")]
    [InlineData("category=분류1&sort=priceAsc", "ix_products_category_price")]
    [InlineData("category=분류1&sort=name", "ix_products_category_name")]
    [InlineData("minPrice=1500&maxPrice=2500", "ix_products_newest")]
    public async Task Each_other_list_finds_its_page_in_an_index(string query, string index)
    {
        var steps = await ExplainKnownAsync(query);

        Assert.Contains(
            steps,
            step => step.Key == index && step.Extra.Contains("Using index", StringComparison.Ordinal)
        );
    }

    /// <summary>How the database goes about a list whose total is known.</summary>
    private async Task<List<LargeShop.Step>> ExplainKnownAsync(string query)
    {
        await ListAsync(query);
        var steps = await shop.ExplainAsync(() => ListAsync(query));
        Assert.DoesNotContain(steps, ReadsAll);
        Assert.DoesNotContain(steps, step => step.Sql.Contains("COUNT", StringComparison.Ordinal));
        return steps;
    }

    private static bool ReadsAll(LargeShop.Step step) => step.Type == "ALL" && !step.Table.StartsWith('<');

    private Task<System.Text.Json.JsonElement> ListAsync(string query) =>
        shop.CreateAnonymousClient().GetAsync($"/api/products?{query}").JsonAsync();
}
