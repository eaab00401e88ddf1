using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

/// <summary>A service with an outbox, whose handler the test decides about. Its worker works once the host is started.</summary>
internal sealed class OutboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OutboxHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public OutboxDispatcher Dispatcher => Services.GetRequiredService<OutboxDispatcher>();

    public const string Name = "parcel-svc";

    /// <summary>A service on a database of its own, or on that of another one.</summary>
    public static async Task<OutboxHost> CreateAsync(
        Func<Parcel, CancellationToken, Task<Delivery>> handle,
        string? connectionString = null,
        Action<WebApplicationBuilder>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var isOwn = connectionString is null;
        connectionString ??= await MySqlServer.CreateDatabaseAsync();

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(TestTokens.Settings);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.Configuration["ConnectionStrings:parceldb"] = connectionString;
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults(Name).AddAccessTokens();
        builder.AddMySqlDbContext<ParcelDbContext>(
            "parceldb",
            configureDbContextOptions: options => options.RetryBriefly()
        );
        builder.AddOutbox<ParcelDbContext>(outbox => outbox.Handle<Parcel, ParcelHandler>());
        builder.Services.AddSingleton(handle);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOutbox("/api/parcels/outbox");
        var host = new OutboxHost(app);
        if (isOwn)
        {
            await host.QueryAsync(database => database.Database.EnsureCreatedAsync());
        }

        return host;
    }

    public Task StartAsync() => _app.StartAsync();

    public Task StopAsync() => _app.StopAsync();

    public HttpClient CreateClient() => _app.GetTestClient();

    public async Task<T> QueryAsync<T>(Func<ParcelDbContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ParcelDbContext>());
    }

    public Task<string> GetConnectionStringAsync() =>
        Task.FromResult(Services.GetRequiredService<IConfiguration>().GetConnectionString("parceldb")!);

    public Task<OutboxMessage> EnqueueAsync(int number, string? key = null, DateTime? notBefore = null) =>
        EnqueueAsync(new Parcel(number), new EnqueueOptions { Key = key, NotBefore = notBefore });

    public Task<OutboxMessage> EnqueueReservedAsync(int number, string? key = null) =>
        EnqueueAsync(new Parcel(number), new EnqueueOptions { Key = key, DeliveredBy = Dispatcher });

    public Task<OutboxMessage> HastenAsync(int number, string key, DateTime? notBefore = null) =>
        EnqueueAsync(
            new Parcel(number),
            new EnqueueOptions
            {
                Key = key,
                NotBefore = notBefore,
                Hastens = true,
            }
        );

    public Task<OutboxMessage> EnqueueAsync<TMessage>(TMessage message, EnqueueOptions? options = null)
        where TMessage : IOutboxMessage =>
        TransactAsync(transaction => transaction.Enqueue(message, options ?? new EnqueueOptions()));

    public Task<T> TransactAsync<T>(Func<BatchedTransaction, T> work) =>
        QueryAsync(database =>
            database.TransactBatchedAsync(
                (transaction, _) => Task.FromResult(work(transaction)),
                CancellationToken.None
            )
        );

    public Task<List<OutboxMessage>> GetMessagesAsync() =>
        QueryAsync(database =>
            database.Set<OutboxMessage>().AsNoTracking().OrderBy(message => message.Id).ToListAsync()
        );

    public async Task<OutboxMessage> GetMessageAsync() => Assert.Single(await GetMessagesAsync());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Parcel(int Number) : IOutboxMessage
{
    public static string Type => "send-parcel";
}

/// <summary>A message that the host does not handle.</summary>
internal sealed record Letter(string Text) : IOutboxMessage
{
    public static string Type => "send-letter";
}

internal sealed class ParcelHandler(Func<Parcel, CancellationToken, Task<Delivery>> handle) : IOutboxHandler<Parcel>
{
    public Task<Delivery> HandleAsync(Parcel message, CancellationToken cancellationToken) =>
        handle(message, cancellationToken);
}

internal sealed class Receipt
{
    public long Id { get; init; }

    public int Number { get; init; }
}

internal sealed class ParcelDbContext(DbContextOptions<ParcelDbContext> options) : DbContext(options)
{
    public DbSet<Receipt> Receipts => Set<Receipt>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseShopConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseCollation("utf8mb4_unicode_520_ci");
        modelBuilder.Entity<Receipt>().ToTable("receipts");
        modelBuilder.AddOutbox();
        modelBuilder.UseSnakeCaseNames();
    }
}
