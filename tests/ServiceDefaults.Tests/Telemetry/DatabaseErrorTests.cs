using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Tests.Outbox;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Telemetry;

/// <summary>Errors of the database quote what was to be stored; nobody else does.</summary>
[Collection(SpanCollection.Name)]
public sealed class DatabaseErrorTests
{
    private const string Secret = "kim@example.com";

    /// <summary>The ways in which a service writes, and errors that quote.</summary>
    public static readonly TheoryData<string> Ways = ["entities", "statement", "brief", "value"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_failed_statement_is_in_logs_and_traces_without_its_values(string way)
    {
        var logs = new FakeLogCollector();
        using var spans = new Spans();
        await using var app = await StartAsync(logs, spans);
        app.MapPost("/write", (string how, PeopleDbContext database) => WriteAsync(database, how));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        spans.All.Clear();

        await client
            .PostAsync($"/write?how={way}", null)
            .ProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        await app.StopAsync();

        var lines = logs.GetSnapshot().Select(Text).ToList();
        Assert.DoesNotContain(lines, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            spans.All.Select(Text),
            span => span.Contains(Secret, StringComparison.OrdinalIgnoreCase)
        );
        // What failed is there all the same.
        Assert.Contains(lines, line => line.Contains("SQLSTATE", StringComparison.Ordinal));
        Assert.Contains(spans.All, span => span is { Source.Name: "MySqlConnector", DisplayName: "Execute" });
        Assert.Single(spans.All.Select(span => span.TraceId).Distinct());
    }

    [Fact]
    public async Task An_outbox_message_keeps_the_errors_number_not_its_words()
    {
        await using var host = await OutboxHost.CreateAsync(
            async (_, _) =>
            {
                await using var people = await CreateAsync(await MySqlServer.CreateDatabaseAsync());
                await WriteAsync(people, "statement");
                await WriteAsync(people, "statement");
                return Delivery.Done;
            }
        );
        await host.EnqueueAsync(1);

        await host.Dispatcher.DeliverDueAsync();

        var error = (await host.GetMessageAsync()).LastError!;
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        Assert.Contains("DuplicateKeyEntry", error, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(PeopleDbContext database, string way)
    {
        switch (way)
        {
            case "entities":
                database.Add(new Person { Email = Secret });
                await database.SaveChangesAsync();
                break;
            case "statement":
                await database.ExecuteStatementAsync(
                    $"INSERT INTO people (email) VALUES ({Secret})",
                    CancellationToken.None
                );
                break;
            case "brief":
                await database.TransactBatchedAsync(
                    (transaction, _) =>
                    {
                        transaction.Write($"INSERT INTO people (email) VALUES ({Secret})");
                        return Task.FromResult(true);
                    },
                    CancellationToken.None
                );
                break;
            case "value":
                await database.ExecuteStatementAsync(
                    $"UPDATE people SET id = {Secret} WHERE email = {Secret}",
                    CancellationToken.None
                );
                break;
        }
    }

    private static async Task<WebApplication> StartAsync(FakeLogCollector logs, Spans spans)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration[Spans.Collector.Key] = Spans.Collector.Value;
        builder.Configuration["ConnectionStrings:peopledb"] = await MySqlServer.CreateDatabaseAsync();
        builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        builder.Configuration["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace";
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new FakeLoggerProvider(logs));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults("people-svc");
        builder.AddMySqlDbContext<PeopleDbContext>(
            "peopledb",
            configureDbContextOptions: options => options.RetryBriefly()
        );
        spans.AddTo(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<PeopleDbContext>();
            await people.Database.EnsureCreatedAsync();
            await WriteAsync(people, "statement");
        }

        await app.StartAsync();
        return app;
    }

    private static string Text(FakeLogRecord line) =>
        string.Join('\n', [line.Message, $"{line.Exception}", .. line.StructuredState!.Select(value => $"{value}")]);

    private static string Text(Activity span) =>
        string.Join(
            '\n',
            [
                span.DisplayName,
                span.StatusDescription,
                .. span.TagObjects.Select(tag => $"{tag}"),
                .. span.Events.SelectMany(happened => happened.Tags).Select(tag => $"{tag}"),
            ]
        );

    private sealed class Person
    {
        public long Id { get; init; }

        public required string Email { get; init; }
    }

    private sealed class PeopleDbContext(DbContextOptions<PeopleDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Person>(person =>
            {
                person.ToTable("people");
                person.Property(p => p.Id).HasColumnName("id");
                person.Property(p => p.Email).HasColumnName("email").HasMaxLength(100);
                person.HasIndex(p => p.Email).IsUnique();
            });
    }

    private static async Task<PeopleDbContext> CreateAsync(string connectionString)
    {
        var people = new PeopleDbContext(
            new DbContextOptionsBuilder<PeopleDbContext>()
                .UseMySql(connectionString, await ServerVersion.AutoDetectAsync(connectionString))
                .Options
        );
        await people.Database.EnsureCreatedAsync();
        return people;
    }
}
