using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Reconciliation;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Reconciliation;

/// <summary>The shop compares by itself, once a night, and says what came of it.</summary>
public sealed class NightlyReconciliationTests : IAsyncLifetime
{
    private const string Latest = "/api/payments/reconciliation/latest";

    private readonly PaymentGraph _graph = new();

    private ShopOrders Orders => _graph.Orders;

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task The_first_night_is_awaited()
    {
        Assert.False((await LatestAsync()).TryGetProperty("nextAt", out _));

        await WorkAsync();

        var latest = await LatestAsync();
        Assert.False(latest.TryGetProperty("complete", out _));
        Assert.False(latest.TryGetProperty("failed", out _));
        Assert.True(latest.GetProperty("nightly").GetBoolean());
        AssertIsNextNight(latest, hour: 4);
    }

    [Fact]
    public async Task What_differs_is_kept_by_kind_and_counted_until_the_next_night()
    {
        using var differences = Collect<int>("msashop.reconciliation.differences");
        using var age = Collect<double>("msashop.reconciliation.age");
        await MakeDueAsync();
        Measure(differences);
        Assert.Null(differences.LastMeasurement);
        var anHourAgo = DateTime.UtcNow.AddHours(-1);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Orders.Move(
                Orders.Place(PaymentMethod.Card, at: anHourAgo).Id,
                OrderStatus.Confirmed,
                at: anHourAgo,
                tell: false
            );
        }

        await WorkAsync();

        var latest = await LatestAsync();
        var run = latest.GetProperty("complete");
        Assert.Equal("COMPLETE", run.GetProperty("status").GetString());
        Assert.Equal(2, run.GetProperty("differences").GetInt32());
        var count = Assert.Single(run.GetProperty("counts").EnumerateObject());
        Assert.Equal(("ORDER_WITHOUT_PAYMENT", 2), (count.Name, count.Value.GetInt32()));
        Assert.Equal(48, (run.GetProperty("to").GetDateTime() - run.GetProperty("from").GetDateTime()).TotalHours);
        AssertIsNextNight(latest, hour: 4);
        var measured = Measure(differences);
        Assert.Equal(Enum.GetValues<DifferenceKind>().Length, measured.Count);
        Assert.Equal(2, measured["ORDER_WITHOUT_PAYMENT"]);
        Assert.Equal(2, measured.Values.Sum());
        age.RecordObservableInstruments();
        Assert.InRange(age.LastMeasurement!.Value, 0, 600);

        // It is not due again.
        await WorkAsync();
        var runs = await _graph.Admin.GetAsync("/api/payments/reconciliation/runs").JsonAsync();
        Assert.Equal(1, runs.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task When_all_is_well_it_says_so()
    {
        await _graph.AddCardPaymentAsync(10_000);
        await MakeDueAsync();

        await WorkAsync();

        var run = (await LatestAsync()).GetProperty("complete");
        Assert.Equal(0, run.GetProperty("differences").GetInt32());
        Assert.Empty(run.GetProperty("counts").EnumerateObject());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_comparison_that_cannot_be_made_says_so_and_is_tried_again(bool orders)
    {
        await MakeDueAsync();
        await WorkAsync();
        await MakeDueAsync();
        var lame = _graph.AddReplica(settings =>
        {
            settings["Reconciliation:RetryAfter"] = "00:30:00";
            if (!orders)
            {
                settings["Toss:BaseAddress"] = "http://127.0.0.1:1";
            }
        });
        Orders.IsAway = orders;

        await WorkAsync(lame);

        Orders.IsAway = false;
        var latest = await LatestAsync();
        Assert.Equal("COMPLETE", latest.GetProperty("complete").GetProperty("status").GetString());
        var failed = latest.GetProperty("failed");
        Assert.Equal("FAILED", failed.GetProperty("status").GetString());
        Assert.NotEmpty(failed.GetProperty("why").GetString()!);
        Assert.InRange(
            latest.GetProperty("nextAt").GetDateTime(),
            DateTime.UtcNow.AddMinutes(15),
            DateTime.UtcNow.AddMinutes(30)
        );
        await WorkAsync();
        Assert.True((await LatestAsync()).TryGetProperty("failed", out _));

        await MakeDueAsync();
        await WorkAsync();

        latest = await LatestAsync();
        Assert.False(latest.TryGetProperty("failed", out _));
        AssertIsNextNight(latest, hour: 4);
        Assert.Equal(3, await _graph.InDatabaseAsync(database => database.ReconciliationRuns.CountAsync()));
    }

    [Fact]
    public async Task Nights_in_which_the_shop_was_away_are_made_up_for()
    {
        await MakeDueAsync();
        await WorkAsync();
        await _graph.InDatabaseAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"UPDATE reconciliation_runs SET period_to = period_to - INTERVAL 5 DAY, finished_at = finished_at - INTERVAL 5 DAY"
            )
        );
        var at = DateTime.UtcNow.AddDays(-5.5);
        Orders.Move(Orders.Place(PaymentMethod.Card, at: at).Id, OrderStatus.Confirmed, at: at, tell: false);
        await MakeDueAsync();

        await WorkAsync();

        var run = (await LatestAsync()).GetProperty("complete");
        Assert.Equal(1, run.GetProperty("differences").GetInt32());
        Assert.InRange((run.GetProperty("to").GetDateTime() - run.GetProperty("from").GetDateTime()).TotalDays, 6, 6.1);
    }

    [Fact]
    public async Task Of_many_replicas_one_compares()
    {
        var replicas = new[] { _graph.Shop, _graph.AddReplica(), _graph.AddReplica() };
        await MakeDueAsync();

        await Task.WhenAll(replicas.Select(WorkAsync));

        Assert.Equal(1, await _graph.InDatabaseAsync(database => database.ReconciliationRuns.CountAsync()));
    }

    [Fact]
    public async Task One_that_died_with_its_process_is_made_by_another_once_its_time_is_over()
    {
        await MakeDueAsync();
        await LeaseUntilAsync(DateTime.UtcNow.AddMinutes(30));
        await WorkAsync();
        Assert.False((await LatestAsync()).TryGetProperty("complete", out _));

        await LeaseUntilAsync(DateTime.UtcNow.AddSeconds(-1));
        await WorkAsync();

        Assert.True((await LatestAsync()).TryGetProperty("complete", out _));

        Task<int> LeaseUntilAsync(DateTime until) =>
            _graph.InDatabaseAsync(database =>
                database.Database.ExecuteSqlAsync(
                    $"UPDATE reconciliation_schedule SET locked_by = {Guid.NewGuid()}, locked_until = {until}"
                )
            );
    }

    [Fact]
    public async Task It_can_be_turned_off_and_put_to_another_hour()
    {
        await WorkAsync();
        await MakeDueAsync();
        var off = _graph.AddReplica(settings => settings["Reconciliation:Nightly"] = "false");
        await WorkAsync(off);
        var latest = await off.CreateAdminClient().GetAsync(Latest).JsonAsync();
        Assert.False(latest.GetProperty("nightly").GetBoolean());
        Assert.False(latest.TryGetProperty("complete", out _));

        // Whatever the hour is now, the one after the next is not it.
        var hour = (SeoulHour(DateTime.UtcNow) + 2) % 24;
        var other = _graph.AddReplica(settings => settings["Reconciliation:Hour"] = $"{hour}");
        await WorkAsync(other);
        AssertIsNextNight(await LatestAsync(), hour);
    }

    [Fact]
    public async Task An_hour_that_is_set_to_come_earlier_counts_at_once()
    {
        await _graph.InDatabaseAsync(database =>
        {
            database.ReconciliationSchedules.Add(new ReconciliationSchedule { NextAt = DateTime.UtcNow.AddHours(40) });
            return database.SaveChangesAsync();
        });

        await WorkAsync();

        AssertIsNextNight(await LatestAsync(), hour: 4);
    }

    [Fact]
    public async Task Only_admins_see_what_came_of_it()
    {
        var shopper = _graph.Shop.CreateClientFor(PaymentShop.NewId());

        await shopper.GetAsync(Latest).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await shopper.GetAsync("/api/payments/reconciliation/runs").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await _graph.Admin.GetAsync("/api/payments/reconciliation/runs?size=0").InvalidAsync("size");
    }

    private Task WorkAsync() => WorkAsync(_graph.Shop);

    private static Task WorkAsync(Replica replica) =>
        replica.Services.GetRequiredService<NightlyReconciliation>().RunOnceAsync(CancellationToken.None);

    /// <summary>The hour has come.</summary>
    private async Task MakeDueAsync()
    {
        await _graph.InDatabaseAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO reconciliation_schedule (id, next_at) VALUES (1, UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE)
                ON DUPLICATE KEY UPDATE next_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE
                """
            )
        );
    }

    private Task<JsonElement> LatestAsync() => _graph.Admin.GetAsync(Latest).JsonAsync();

    private static void AssertIsNextNight(JsonElement latest, int hour)
    {
        var next = latest.GetProperty("nextAt").GetDateTime();
        Assert.InRange(next, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddHours(24));
        Assert.Equal((hour, 0), (SeoulHour(next), next.Minute));
    }

    private static int SeoulHour(DateTime utc) => (utc.Hour + 9) % 24;

    private MetricCollector<T> Collect<T>(string name)
        where T : struct =>
        new(_graph.Shop.Services.GetRequiredService<IMeterFactory>(), ReconciliationMetrics.MeterName, name);

    private static Dictionary<string, int> Measure(MetricCollector<int> collector)
    {
        collector.RecordObservableInstruments();
        return collector
            .GetMeasurementSnapshot(clear: false)
            .GroupBy(measurement => (string)measurement.Tags["kind"]!)
            .ToDictionary(kind => kind.Key, kind => kind.Last().Value);
    }
}
