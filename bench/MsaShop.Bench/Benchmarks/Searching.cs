using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;
using MySqlConnector;

namespace MsaShop.Bench.Benchmarks;

/// <summary>Keyword search in a large catalogue: rare, middling and frequent words, and parts of them.</summary>
internal sealed class Searching : IBenchmark
{
    private const int Products = 100_000;
    private const int Different = 2000;
    private const string Peer = "the same query by hand";

    public string Name => "search";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        Console.WriteLine("    filling and indexing the catalogue");
        var server = await Shop.StartServerAsync();
        await using var shop = await Shop.OpenCatalogueAsync(
            server,
            Ports.Catalogues[0],
            shop => ShopData.AddProductsAsync(shop, 1, Different),
            index: true
        );
        await ShopData.CopyProductsAsync(shop, Different, Products);
        await shop.StartPeersAsync();
        var keywords = Keywords();
        var file = await WriteAsync(keywords);
        var wrk = new Wrk();
        Contender Of(string name, string service, string path, string more = "") =>
            new(name, () => wrk.LoadAsync($"{shop[service].Address}{path}", "search", file, more));

        var series = await SideBySide.RunAsync(
            5,
            Of("floor", "floor", "search"),
            Of("gateway", "gateway-svc", "api/products"),
            Of("gateway, counted each time", "gateway-svc", "api/products", "&inStock=true")
        );
        var full = await FullScansAsync(server, shop, keywords);
        return
        [
            Row.OfRates("keyword search, 100,000 products", Peer, series[1], series[0], 0.40),
            Row.OfRates("keyword search, its total counted each time", Peer, series[2], series[0], 0.40),
            new(
                "keyword search: tables read as a whole",
                "EXPLAIN of what product-svc asks",
                $"{full.Queries} queries",
                "",
                $"{full.Scans}",
                "0",
                full.Scans == 0 ? 1 : 0
            ),
        ];
    }

    /// <summary>
    /// Words of every frequency, from one in five products to one in three hundred; every other longer word without its
    /// first letter.
    /// </summary>
    private static List<string> Keywords() =>
        [
            .. Enumerable
                .Range(1, 60)
                .Select(index => Vocabulary.Words[index * 49 % Vocabulary.Words.Count])
                .Where(word => word.Length > 1)
                .Select((word, index) => word.Length > 2 && index % 2 == 0 ? word[1..] : word),
        ];

    private static async Task<string> WriteAsync(List<string> keywords)
    {
        var file = Path.Combine(Path.GetTempPath(), $"msa-shop-bench-{Environment.ProcessId}.keywords");
        await File.WriteAllLinesAsync(file, keywords.Select(Uri.EscapeDataString));
        return file;
    }

    /// <summary>Has the server log product-svc's queries for each keyword, and explains them.</summary>
    private static async Task<(int Queries, int Scans)> FullScansAsync(string server, Shop shop, List<string> keywords)
    {
        await using var log = await ShopData.OpenAsync(server);
        await ShopData.ExecuteAsync(log, "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON");
        using (var http = new HttpClient { BaseAddress = shop["product-svc"].Address })
        {
            foreach (var keyword in keywords)
            {
                await http.GetStringAsync($"api/products?q={Uri.EscapeDataString(keyword)}&inStock=true");
            }
        }

        await ShopData.ExecuteAsync(log, "SET GLOBAL general_log = OFF");
        var queries = new List<string>();
        await using (
            var command = new MySqlCommand(
                "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type = 'Query' AND argument LIKE 'SELECT%`products`%'"
                    + " OR command_type = 'Query' AND argument LIKE 'SELECT%search_bigrams%'",
                log
            )
        )
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                queries.Add(reader.GetString(0));
            }
        }

        await using var database = await ShopData.OpenAsync(shop.ProductDatabase);
        var scans = 0;
        foreach (var query in queries)
        {
            await using var command = new MySqlCommand($"EXPLAIN {query}", database);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                // A derived table is always read as a whole.
                var made = reader["table"] is not string table || table.StartsWith('<');
                scans += !made && reader["type"] is "ALL" ? 1 : 0;
            }
        }

        return (queries.Count, scans);
    }
}
