using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

/// <summary>The worker of a started service.</summary>
public class WorkerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly (string, string) s_hardlyLooking = ("Outbox:PollingInterval", "00:30:00");

    private readonly BlockingCollection<int> _handled = [];

    [Fact]
    public async Task What_is_committed_here_is_delivered_at_once()
    {
        await using var host = await OutboxHost.CreateAsync(Done, settings: s_hardlyLooking);
        await host.StartAsync();

        await host.EnqueueAsync(1);
        Assert.Equal(1, Take());

        await host.HastenAsync(2, "a");
        Assert.Equal(2, Take());

        await host.QueryAsync(database =>
            database.TransactBatchedAsync(
                (transaction, _) =>
                {
                    transaction.Enqueue(new Parcel(3), new EnqueueOptions());
                    return transaction.ReadAndCommitAsync($"SELECT 1", row => row.GetInt32(0));
                },
                CancellationToken.None
            )
        );
        Assert.Equal(3, Take());
    }

    [Fact]
    public async Task What_requests_have_delivered_is_ended_together_at_the_next_look()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(Done, configure: UseTime(time));
        await host.StartAsync();
        await host.EnqueueAsync(0);
        Assert.Equal(0, Take());

        foreach (var number in new[] { 1, 2, 3 })
        {
            var message = await host.EnqueueReservedAsync(number);
            Assert.True(await host.Dispatcher.DeliverNowAsync(message, default, _ => Task.FromResult(Delivery.Done)));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await WaitForAsync(async () => (await host.GetMessagesAsync()).TrueForAll(m => m.Status == OutboxStatus.Done));
        Assert.All(await host.GetMessagesAsync(), message => Assert.Null(message.LiveKey));
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task What_requests_have_delivered_is_ended_before_the_service_is()
    {
        await using var host = await OutboxHost.CreateAsync(Done, settings: s_hardlyLooking);
        await host.StartAsync();
        await host.EnqueueAsync(0);
        Assert.Equal(0, Take());
        var (plain, hastened) = (await host.EnqueueReservedAsync(1), await host.EnqueueReservedAsync(2, "a"));
        await host.HastenAsync(2, "a");
        Assert.True(await host.Dispatcher.DeliverNowAsync(plain, default));
        Assert.True(await host.Dispatcher.DeliverNowAsync(hastened, default));

        await host.StopAsync();

        // What was hastened comes once more, for there may have been something to see since.
        Assert.Equal(
            [OutboxStatus.Done, OutboxStatus.Done, OutboxStatus.Pending],
            (await host.GetMessagesAsync()).Select(message => message.Status)
        );
        Assert.All(await host.GetMessagesAsync(), message => Assert.Null(message.LockedBy));

        // Nobody would end it later.
        var late = await host.EnqueueReservedAsync(3);
        Assert.True(await host.Dispatcher.DeliverNowAsync(late, default));
        Assert.Equal(OutboxStatus.Done, (await host.GetMessagesAsync())[^1].Status);
    }

    [Fact]
    public async Task What_becomes_due_or_comes_from_another_replica_is_found_by_looking()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(Done, configure: UseTime(time));
        await using var other = await OutboxHost.CreateAsync(
            Done,
            await host.GetConnectionStringAsync(),
            UseTime(time)
        );
        await host.StartAsync();
        await other.EnqueueAsync(1, notBefore: time.GetUtcNow().UtcDateTime.AddSeconds(10));

        time.Advance(TimeSpan.FromSeconds(9));
        await other.EnqueueAsync(2);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Take());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Take());
    }

    [Fact]
    public async Task Several_messages_are_handled_at_the_same_time_and_no_more_than_that()
    {
        var running = 0;
        var most = 0;
        var three = new CountdownEvent(3);
        await using var host = await OutboxHost.CreateAsync(
            async (parcel, cancellationToken) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                if (parcel.Number < 3)
                {
                    // Only if three are here together does any of them go on.
                    three.Signal();
                    await Task.Run(() => three.Wait(s_patience, cancellationToken), cancellationToken);
                }

                Interlocked.Decrement(ref running);
                return await Done(parcel, cancellationToken);
            },
            settings: [s_hardlyLooking, ("Outbox:Concurrency", "3")]
        );
        await host.TransactAsync(transaction =>
            Enumerable
                .Range(0, 20)
                .Select(number => transaction.Enqueue(new Parcel(number), new EnqueueOptions()))
                .ToList()
        );
        await host.StartAsync();

        Assert.Equal(Enumerable.Range(0, 20), Enumerable.Range(0, 20).Select(_ => Take()).Order());
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_service_may_leave_delivery_to_others()
    {
        await using var host = await OutboxHost.CreateAsync(Done, settings: ("Outbox:Enabled", "false"));
        await host.StartAsync();
        await host.EnqueueAsync(1);
        await host.StopAsync();

        Assert.Equal(OutboxStatus.Pending, (await host.GetMessageAsync()).Status);
        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
    }

    [Fact]
    public async Task A_service_that_stops_finishes_what_it_is_at()
    {
        var started = new TaskCompletionSource();
        var answer = new TaskCompletionSource<Delivery>();
        await using var host = await OutboxHost.CreateAsync(
            (_, _) =>
            {
                started.SetResult();
                return answer.Task;
            }
        );
        await host.StartAsync();
        await host.EnqueueAsync(1);
        await started.Task;

        var stopping = host.StopAsync();
        await host.EnqueueAsync(2);
        Assert.False(stopping.IsCompleted);
        answer.SetResult(Delivery.Done);
        await stopping;

        Assert.Equal(
            [OutboxStatus.Done, OutboxStatus.Pending],
            (await host.GetMessagesAsync()).Select(message => message.Status)
        );
    }

    [Fact]
    public async Task What_a_stopping_service_cannot_finish_is_free_for_others()
    {
        var started = new TaskCompletionSource();
        await using var host = await OutboxHost.CreateAsync(
            async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Delivery.Done;
            },
            configure: builder =>
                builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5.2))
        );
        await using var other = await OutboxHost.CreateAsync(Done, await host.GetConnectionStringAsync());
        await host.StartAsync();
        await host.EnqueueAsync(1);
        await started.Task;
        await host.StopAsync();

        await other.StartAsync();
        Assert.Equal(1, Take());
    }

    [Fact]
    public async Task A_service_starts_without_its_database_and_works_once_that_is_there()
    {
        await using var setUp = await OutboxHost.CreateAsync(Done);
        await setUp.EnqueueAsync(1);
        await using var link = new DatabaseLink(await setUp.GetConnectionStringAsync());
        var logs = new FakeLogCollector();
        await using var host = await OutboxHost.CreateAsync(
            Done,
            link.ConnectionString,
            builder => builder.Logging.AddProvider(new FakeLoggerProvider(logs)),
            ("Outbox:PollingInterval", "00:00:00.050"),
            // Otherwise the server is asked for it, which it cannot answer.
            ("Aspire:Pomelo:EntityFrameworkCore:MySql:ServerVersion", "8.4.0-mysql")
        );
        await host.StartAsync();
        // Each failure to look is a few attempts.
        await WaitForAsync(() => link.Refused >= 10);

        link.IsUp = true;
        Assert.Equal(1, Take());
        // Cut before that is written down, it would be delivered once more.
        await WaitForAsync(() =>
            setUp.QueryAsync(database =>
                database.Set<OutboxMessage>().AllAsync(message => message.Status == OutboxStatus.Done)
            )
        );
        var refused = link.Refused;
        link.IsUp = false;
        await WaitForAsync(() => link.Refused >= refused + 10);
        await setUp.EnqueueAsync(2);
        link.IsUp = true;
        Assert.Equal(2, Take());

        var own = logs.GetSnapshot().Where(log => log.Category == "MsaShop.Outbox.OutboxWorker");
        Assert.Equal(
            [LogLevel.Error, LogLevel.Information, LogLevel.Error, LogLevel.Information],
            own.Select(log => log.Level)
        );
        // One failed look an outage: the rest of the waiting is quiet.
        var others = logs.GetSnapshot().Where(log => log.Level >= LogLevel.Error).Except(own);
        Assert.InRange(others.Count(), 0, 2 * 6);
    }

    [Fact]
    public async Task A_service_that_starts_before_its_tables_are_there_says_so_once()
    {
        var logs = new FakeLogCollector();
        await using var host = await OutboxHost.CreateAsync(
            Done,
            await MySqlServer.CreateDatabaseAsync(),
            builder => builder.Logging.AddProvider(new FakeLoggerProvider(logs)).SetMinimumLevel(LogLevel.Debug),
            ("Outbox:PollingInterval", "00:00:00.010")
        );
        await host.StartAsync();
        await WaitForAsync(() => Own(LogLevel.Debug) >= 5);
        Assert.Equal(1, Own(LogLevel.Error));

        await host.QueryAsync(database => database.Database.EnsureCreatedAsync());
        await host.EnqueueAsync(1);
        Assert.Equal(1, Take());

        int Own(LogLevel level) =>
            logs.GetSnapshot().Count(log => log.Category == "MsaShop.Outbox.OutboxWorker" && log.Level == level);
    }

    [Fact]
    public async Task Meters_tell_what_gets_through_and_what_does_not()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(
            (parcel, cancellationToken) =>
                parcel.Number == 2 ? Task.FromResult(Delivery.Dead("No.")) : Done(parcel, cancellationToken),
            configure: UseTime(time)
        );
        var meters = host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        using var deliveries = new MetricCollector<long>(meters, "MsaShop.Outbox", "msashop.outbox.deliveries");
        using var pending = new MetricCollector<long>(meters, "MsaShop.Outbox", "msashop.outbox.pending");
        using var dead = new MetricCollector<long>(meters, "MsaShop.Outbox", "msashop.outbox.dead");
        using var age = new MetricCollector<double>(meters, "MsaShop.Outbox", "msashop.outbox.oldest_due.age");
        await host.EnqueueAsync(1);
        await host.EnqueueAsync(2);
        await host.Dispatcher.DeliverDueAsync();
        await host.EnqueueAsync(new Letter("For a later version"));
        time.Advance(TimeSpan.FromSeconds(20));
        await host.StartAsync();
        await host.EnqueueAsync(3);
        _ = (Take(), Take());
        await host.StopAsync();

        Assert.Equal(
            [("send-parcel", "DEAD"), ("send-parcel", "DONE"), ("send-parcel", "DONE")],
            deliveries
                .GetMeasurementSnapshot()
                .Select(m => ((string)m.Tags["type"]!, (string)m.Tags["outcome"]!))
                .Order()
        );
        pending.RecordObservableInstruments();
        dead.RecordObservableInstruments();
        age.RecordObservableInstruments();
        Assert.InRange(pending.LastMeasurement!.Value, 1, 2);
        Assert.Equal(1, dead.LastMeasurement!.Value);
        Assert.Equal(20, age.LastMeasurement!.Value, 0.1);
    }

    [Fact]
    public async Task The_age_is_that_of_the_oldest_due_message_however_often_it_has_been_tried()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(Delivery.Later(TimeSpan.FromHours(1), "Not yet.")),
            configure: UseTime(time)
        );
        await host.EnqueueAsync(1);
        await host.HastenAsync(2, "a");
        await host.EnqueueAsync(3, notBefore: time.GetUtcNow().UtcDateTime.AddMinutes(-5));
        await host.EnqueueReservedAsync(4);

        await host.Dispatcher.DeliverDueAsync();
        time.Advance(TimeSpan.FromMinutes(70));
        await host.Dispatcher.DeliverDueAsync();
        await host.HastenAsync(2, "a");

        Assert.Equal(75 * 60, await GetAgeAsync(host), 0.1);
    }

    [Fact]
    public async Task A_message_that_is_put_off_on_purpose_has_no_age_until_it_is_due()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(Done, configure: UseTime(time));
        var start = time.GetUtcNow().UtcDateTime;
        await host.EnqueueAsync(1, notBefore: start.AddHours(2));
        await host.HastenAsync(2, "a", start.AddHours(3));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await GetAgeAsync(host));

        // What was put off is wanted earlier after all.
        await host.HastenAsync(2, "a", start.AddMinutes(90));
        time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(15 * 60, await GetAgeAsync(host), 0.1);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(75 * 60, await GetAgeAsync(host), 0.1);
    }

    [Fact]
    public async Task A_dead_message_that_is_tried_again_is_due_from_then_on()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(
            (_, _) => Task.FromResult(Delivery.Dead("No.")),
            configure: UseTime(time)
        );
        var message = await host.EnqueueAsync(1);
        await host.Dispatcher.DeliverDueAsync();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await GetAgeAsync(host));

        await using (var scope = host.Services.CreateAsyncScope())
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<OutboxStore>().ReviveAsync(message.Id, default));
        }

        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(10 * 60, await GetAgeAsync(host), 0.1);
    }

    [Fact]
    public async Task A_message_of_a_release_that_does_not_say_since_when_it_is_due_has_an_age()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await OutboxHost.CreateAsync(Done, configure: UseTime(time));
        var due = time.GetUtcNow().UtcDateTime;
        await host.QueryAsync(database =>
            database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO outbox_messages (type, payload, status, attempts, failures, next_attempt_at, created_at)
                VALUES ('send-letter', {"{}"}, 'PENDING', 0, 0, {due}, {due.AddHours(-1)})
                """
            )
        );
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(20, await GetAgeAsync(host), 0.1);
    }

    /// <summary>What the meter says once the worker has counted.</summary>
    private static async Task<double> GetAgeAsync(OutboxHost host)
    {
        var meters = host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        using var age = new MetricCollector<double>(meters, "MsaShop.Outbox", "msashop.outbox.oldest_due.age");
        await using var scope = host.Services.CreateAsyncScope();
        var counts = await scope.ServiceProvider.GetRequiredService<OutboxStore>().CountAsync(default);
        host.Services.GetRequiredService<OutboxMetrics>().Counted(counts);
        age.RecordObservableInstruments();
        return age.LastMeasurement!.Value;
    }

    private int Take()
    {
        Assert.True(_handled.TryTake(out var number, s_patience), "Nothing was delivered.");
        return number;
    }

    private static Task WaitForAsync(Func<bool> condition) => WaitForAsync(() => Task.FromResult(condition()));

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!await condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static Action<WebApplicationBuilder> UseTime(TimeProvider time) =>
        builder => builder.Services.AddSingleton(time);

    private Task<Delivery> Done(Parcel parcel, CancellationToken cancellationToken)
    {
        _handled.Add(parcel.Number, cancellationToken);
        return Task.FromResult(Delivery.Done);
    }
}
