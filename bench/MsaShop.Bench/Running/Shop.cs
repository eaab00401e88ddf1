using System.Collections.Concurrent;
using System.Globalization;
using MsaShop.Testing;
using MySqlConnector;

namespace MsaShop.Bench.Running;

/// <summary>
/// The shop's services and databases, and the floor that they are measured against, as local processes with production
/// settings: every commit is written to disk, and logs and traces are not collected.
/// </summary>
public sealed class Shop : IAsyncDisposable
{
    public const string TossClientKey = ShopSettings.TossClientKey;

    // As in the cluster (MsaShop.AppHost/aspirate/templates/statefulset.hbs).
    private static readonly string[] s_databaseSettings =
    [
        "--innodb-buffer-pool-size=384M",
        "--max-connections=300",
        "--skip-name-resolve",
        "--log-bin=binlog",
        "--sync-binlog=1",
        "--innodb-flush-log-at-trx-commit=1",
        "--performance-schema=OFF",
    ];

    private static readonly (string Name, string Project)[] s_owners =
    [
        ("user-svc", "services/UserService"),
        ("product-svc", "services/ProductService"),
        ("order-svc", "services/OrderService"),
        ("payment-svc", "services/PaymentService"),
    ];

    // Administrators' connection strings of the running servers.
    private static readonly ConcurrentBag<string> s_servers = [];

    private readonly List<ServiceProcess> _services = [];

    private Shop() { }

    /// <summary>
    /// The folder of this shop's files. The simulator's ledger must not be shared: it would hold another shop's
    /// payments under the same keys.
    /// </summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("msa-shop-bench-").FullName;

    public required string UserDatabase { get; init; }

    /// <summary>product-svc's connection string; the floor's tables are in the same database.</summary>
    public required string ProductDatabase { get; init; }

    public required string OrderDatabase { get; init; }

    public required string PaymentDatabase { get; init; }

    /// <summary>All processes except the databases.</summary>
    public IReadOnlyList<ServiceProcess> Services => _services;

    /// <summary>A process by its name, such as <c>product-svc</c> or <c>floor</c>.</summary>
    public ServiceProcess this[string name] => _services.Single(service => service.Name == name);

    /// <summary>Starts the databases, migrates and fills them, and starts the services.</summary>
    public static async Task<Shop> OpenAsync()
    {
        Console.WriteLine("    opening the shop");
        var servers = await Task.WhenAll(s_owners[..3].Select(_ => StartServerAsync()));
        var shop = new Shop
        {
            UserDatabase = await CreateAsync(servers[0], "userdb"),
            ProductDatabase = await CreateAsync(servers[1], "productdb"),
            OrderDatabase = await CreateAsync(servers[2], "orderdb"),
            PaymentDatabase = await CreateAsync(servers[2], "paymentdb"),
        };
        try
        {
            var settings = ShopSettings.Of(shop);
            foreach (var (_, project) in s_owners)
            {
                await Built.RunAsync(project, settings, "migrate");
            }

            await ShopData.FillAsync(shop);
            foreach (var (name, project) in s_owners)
            {
                await shop.StartAsync(name, project, Ports.Services[name], settings);
            }

            await shop.StartAsync("toss-payments", "simulators/TossPayments", Ports.Simulator, settings);
            await shop.StartAsync("gateway-svc", "services/Gateway", Ports.Gateway, settings);
            await shop.StartAsync("floor", "bench/Floor", Ports.Floor, settings, "/alive");
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a database server, and returns its administrator's connection string.</summary>
    public static async Task<string> StartServerAsync()
    {
        var server = await MySqlServer.StartAsync(s_databaseSettings);
        s_servers.Add(server);
        return server;
    }

    /// <summary>Stops the servers of a finished benchmark, which would distort the next one's numbers.</summary>
    public static async Task StopServersAsync()
    {
        while (s_servers.TryTake(out var server))
        {
            await using var connection = await ShopData.OpenAsync(server);
            await ShopData.ExecuteAsync(connection, "SHUTDOWN");
        }
    }

    /// <summary>
    /// Starts product-svc alone, with a database of its own on the server. With <paramref name="index"/>, it is
    /// migrated again after filling, which indexes the rows for keyword search.
    /// </summary>
    /// <param name="port">The port of product-svc.</param>
    /// <param name="index">Whether keyword search must find the products.</param>
    public static async Task<Shop> OpenCatalogueAsync(
        string server,
        int port,
        Func<Shop, Task> fillAsync,
        bool index = false
    )
    {
        var database = await CreateAsync(server, $"productdb{port.ToString(CultureInfo.InvariantCulture)}");
        var shop = new Shop
        {
            UserDatabase = database,
            ProductDatabase = database,
            OrderDatabase = database,
            PaymentDatabase = database,
        };
        try
        {
            const string Project = "services/ProductService";
            var settings = ShopSettings.Of(shop);
            await Built.RunAsync(Project, settings, "migrate");
            await fillAsync(shop);
            if (index)
            {
                await Built.RunAsync(Project, settings, "migrate");
            }

            await shop.StartAsync("product-svc", Project, port, settings);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the gateway and the floor beside a catalogue that runs alone.</summary>
    public async Task StartPeersAsync()
    {
        var settings = ShopSettings.Of(this);
        await StartAsync("gateway-svc", "services/Gateway", Ports.Gateway, settings);
        await StartAsync("floor", "bench/Floor", Ports.Floor, settings, "/alive");
    }

    /// <summary>Starts another gateway, which takes the floor for product-svc.</summary>
    public Task<ServiceProcess> StartGatewayToFloorAsync()
    {
        var settings = ShopSettings.Of(this);
        settings["services__product-svc__http__0"] = ShopSettings.Address(Ports.Floor);
        return StartAsync("gateway to floor", "services/Gateway", Ports.GatewayToFloor, settings);
    }

    /// <summary>Starts another order-svc, with a database server of its own.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The service, and its database's connection string.</returns>
    public async Task<(ServiceProcess Service, string Database)> StartOrdersAsync(int index, Func<string, Task> fill)
    {
        var database = await CreateAsync(await StartServerAsync(), "orderdb");
        var settings = ShopSettings.Of(this);
        settings["ConnectionStrings__orderdb"] = database;
        await Built.RunAsync("services/OrderService", settings, "migrate");
        await fill(database);
        var name = $"order-svc {index}";
        return (await StartAsync(name, "services/OrderService", Ports.MoreOrders + index, settings), database);
    }

    /// <summary>The processor time so far of each service and of the simulator.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ProcessorTimes() =>
        _services
            .Where(service => service.Name != "floor")
            .ToDictionary(service => service.Name, service => service.ProcessorTime);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        _services.Clear();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<ServiceProcess> StartAsync(
        string name,
        string project,
        int port,
        IReadOnlyDictionary<string, string> settings,
        string path = "/health"
    )
    {
        var start = Built.Program(project, settings.Append(new("ASPNETCORE_URLS", ShopSettings.Address(port))));
        var service = await ServiceProcess.StartAsync(name, port, start, path);
        _services.Add(service);
        return service;
    }

    private static async Task<string> CreateAsync(string server, string name)
    {
        await using var connection = await ShopData.OpenAsync(server);
        await ShopData.ExecuteAsync(
            connection,
            $"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        );
        return new MySqlConnectionStringBuilder(server)
        {
            Database = name,
            Pooling = true,
            MaximumPoolSize = 30,
            ConnectionReset = false,
        }.ConnectionString;
    }
}
