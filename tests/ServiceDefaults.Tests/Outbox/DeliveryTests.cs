using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaShop.Data;
using MsaShop.Outbox;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

public class DeliveryTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ConcurrentQueue<int> _handled = new();

    [Fact]
    public async Task A_message_is_delivered_once_with_its_content()
    {
        await using var host = await CreateAsync(Done);
        var enqueued = await host.EnqueueAsync(7, "order-7");

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(0, await host.Dispatcher.DeliverDueAsync());

        Assert.Equal([7], _handled);
        var message = await host.GetMessageAsync();
        Assert.Equal(enqueued.Id, message.Id);
        Assert.Equal(("send-parcel", "order-7"), (message.Type, message.Key));
        Assert.Equal((OutboxStatus.Done, 1), (message.Status, message.Attempts));
        Assert.NotNull(message.DoneAt);
    }

    [Fact]
    public async Task A_message_shares_the_fate_of_its_cause()
    {
        await using var host = await CreateAsync(Done);
        await host.QueryAsync(database =>
            database.TransactBatchedAsync(
                async (transaction, token) =>
                {
                    transaction.Write($"INSERT INTO receipts (number) VALUES ({1})");
                    transaction.Enqueue(new Parcel(1), new EnqueueOptions());
                    transaction.Enqueue(new Parcel(2), new EnqueueOptions { Key = "2", Hastens = true });
                    await transaction.SendAsync(token);
                    // Others pass over what is not committed.
                    Assert.Equal(0, await host.Dispatcher.DeliverDueAsync(token));
                    transaction.Abandon();
                    return true;
                },
                CancellationToken.None
            )
        );

        Assert.Empty(await host.GetMessagesAsync());
    }

    [Fact]
    public async Task A_message_comes_no_earlier_than_it_should()
    {
        await using var host = await CreateAsync(Done);
        await host.EnqueueAsync(1, notBefore: _time.GetUtcNow().UtcDateTime.AddMinutes(5));

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await host.Dispatcher.DeliverDueAsync());
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
    }

    [Fact]
    public async Task Later_says_when_and_why()
    {
        await using var host = await CreateAsync(_ => Delivery.Later(TimeSpan.FromMinutes(3), "Not paid yet."));
        await host.EnqueueAsync(1);

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());

        var message = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Pending, "Not paid yet."), (message.Status, message.LastError));
        Assert.Equal(_time.GetUtcNow().UtcDateTime.AddMinutes(3), message.NextAttemptAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_service_that_is_down_is_tried_for_ever_at_growing_intervals()
    {
        await using var host = await CreateAsync(_ => throw new HttpRequestException("Connection refused"));
        await host.EnqueueAsync(1);

        var delays = new List<double>();
        for (var attempt = 0; attempt < 30; attempt++)
        {
            Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
            var delay = (await host.GetMessageAsync()).NextAttemptAt - _time.GetUtcNow().UtcDateTime;
            delays.Add(delay.TotalSeconds);
            _time.Advance(delay + TimeSpan.FromMilliseconds(1));
        }

        var message = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Pending, 30, 0), (message.Status, message.Attempts, message.Failures));
        Assert.Contains("Connection refused", message.LastError, StringComparison.Ordinal);
        double[] expected = [0.5, 1, 2, 4, 8, 16, .. Enumerable.Repeat(30.0, 24)];
        Assert.All(expected.Zip(delays), pair => Assert.InRange(pair.Second, pair.First * 0.79, pair.First * 1.21));
    }

    [Fact]
    public async Task A_handler_that_keeps_failing_leaves_a_dead_message()
    {
        var failure = new Exception[] { new HttpRequestException("down"), new InvalidOperationException("A bug.") };
        var attempt = 0;
        await using var host = await CreateAsync(_ => throw failure[attempt++ % 2]);
        await host.EnqueueAsync(1, "order-1");

        for (var tries = 0; tries < 20; tries++)
        {
            Assert.Equal(OutboxStatus.Pending, (await host.GetMessageAsync()).Status);
            Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        // Only the handler's own failures count.
        var message = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Dead, 20, 10), (message.Status, message.Attempts, message.Failures));
        Assert.Contains("A bug.", message.LastError, StringComparison.Ordinal);
        Assert.Equal(0, await host.Dispatcher.DeliverDueAsync());
        // It is out of the way of another about the same.
        await host.EnqueueAsync(2, "order-1");
    }

    [Fact]
    public async Task A_handler_that_never_ends_is_stopped()
    {
        var started = new TaskCompletionSource();
        await using var host = await CreateAsync(
            async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Delivery.Done;
            }
        );
        await host.EnqueueAsync(1);

        var delivery = host.Dispatcher.DeliverDueAsync();
        await started.Task;
        _time.Advance(new OutboxOptions().HandlerTimeout);
        await delivery;

        var message = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Pending, 0), (message.Status, message.Failures));
        Assert.Equal("The handler took too long.", message.LastError);
    }

    [Fact]
    public async Task Two_replicas_share_the_work_and_do_nothing_twice()
    {
        await using var one = await CreateAsync(Done);
        await using var two = await CreateAsync(Done, await one.GetConnectionStringAsync());
        await one.TransactAsync(transaction =>
            Enumerable
                .Range(0, 200)
                .Select(number => transaction.Enqueue(new Parcel(number), new EnqueueOptions { Key = $"{number}" }))
                .ToList()
        );

        var counts = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Dispatcher.DeliverDueAsync()))
        );
        // A look that finds every due message in somebody's hands ends early.
        var left = await one.Dispatcher.DeliverDueAsync();

        Assert.Equal(200, counts.Sum() + left);
        Assert.Equal(Enumerable.Range(0, 200), _handled.Order());
        Assert.All(await one.GetMessagesAsync(), message => Assert.Equal(OutboxStatus.Done, message.Status));
    }

    [Fact]
    public async Task What_a_crashed_replica_had_is_taken_over_when_its_lease_is_over()
    {
        var crashed = new TaskCompletionSource<Delivery>();
        var started = new TaskCompletionSource();
        await using var one = await CreateAsync(
            (_, _) =>
            {
                started.SetResult();
                return crashed.Task;
            }
        );
        await using var two = await CreateAsync(
            _ => Delivery.Later(TimeSpan.FromHours(1)),
            await one.GetConnectionStringAsync()
        );
        await one.EnqueueAsync(1);
        var lost = one.Dispatcher.DeliverDueAsync();
        await started.Task;

        var settings = new OutboxOptions();
        _time.Advance(settings.HandlerTimeout + settings.LeaseMargin - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await two.Dispatcher.DeliverDueAsync());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await two.Dispatcher.DeliverDueAsync());

        // Should it not have crashed after all, it comes too late to say anything.
        crashed.SetResult(Delivery.Dead("Too late."));
        await lost;
        var message = await one.GetMessageAsync();
        Assert.Equal((OutboxStatus.Pending, 2, null), (message.Status, message.Attempts, message.LastError));
    }

    [Fact]
    public async Task A_message_that_this_version_does_not_know_waits_for_one_that_does()
    {
        await using var host = await CreateAsync(Done);
        await host.EnqueueAsync(new Letter("Hello"));

        Assert.Equal(0, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(OutboxStatus.Pending, (await host.GetMessageAsync()).Status);
    }

    [Fact]
    public async Task Whoever_waits_for_the_effect_has_it_done_at_once()
    {
        await using var host = await CreateAsync(Done);
        var message = await host.EnqueueAsync(1, notBefore: _time.GetUtcNow().UtcDateTime.AddMinutes(1));

        Assert.True(await host.Dispatcher.DeliverNowAsync(message, default));
        Assert.Equal([1], _handled);
        Assert.True(await host.Dispatcher.DeliverNowAsync(message, default));
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task Whoever_waits_hears_when_it_cannot_be_done_now()
    {
        await using var host = await CreateAsync(_ => throw new TimeoutException());
        var message = await host.EnqueueAsync(1);

        Assert.False(await host.Dispatcher.DeliverNowAsync(message, default));
        Assert.Equal(OutboxStatus.Pending, (await host.GetMessageAsync()).Status);
    }

    [Fact]
    public async Task Whoever_waits_waits_for_the_worker_that_was_quicker()
    {
        var answer = new TaskCompletionSource<Delivery>();
        var started = new TaskCompletionSource();
        await using var host = await CreateAsync(
            (_, _) =>
            {
                started.SetResult();
                return answer.Task;
            }
        );
        var message = await host.EnqueueAsync(1);
        var worker = host.Dispatcher.DeliverDueAsync();
        await started.Task;

        var waiting = host.Dispatcher.DeliverNowAsync(message, default);
        Assert.False(waiting.IsCompleted);
        answer.SetResult(Delivery.Done);

        Assert.True(await waiting);
        Assert.Equal(1, await worker);
        Assert.Equal(1, (await host.GetMessageAsync()).Attempts);
    }

    [Fact]
    public async Task Whoever_stops_waiting_leaves_the_message_to_the_worker()
    {
        var started = new TaskCompletionSource();
        await using var host = await CreateAsync(
            async (_, cancellationToken) =>
            {
                if (started.TrySetResult())
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                return Delivery.Done;
            }
        );
        var message = await host.EnqueueAsync(1);
        using var request = new CancellationTokenSource();
        var waiting = host.Dispatcher.DeliverNowAsync(message, request.Token);
        await started.Task;
        await request.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(OutboxStatus.Done, (await host.GetMessageAsync()).Status);
    }

    [Fact]
    public async Task What_is_reserved_is_left_to_its_request()
    {
        await using var host = await CreateAsync(Done);
        var message = await host.EnqueueReservedAsync(1);

        Assert.Equal(0, await host.Dispatcher.DeliverDueAsync());
        Assert.True(await host.Dispatcher.DeliverNowAsync(message, default));

        Assert.Equal([1], _handled);
        var stored = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Done, 1), (stored.Status, stored.Attempts));
    }

    [Fact]
    public async Task What_is_reserved_comes_to_the_worker_when_its_request_is_gone()
    {
        await using var host = await CreateAsync(Done);
        await host.EnqueueReservedAsync(1);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal([1], _handled);
        Assert.Equal(2, (await host.GetMessageAsync()).Attempts);
    }

    [Fact]
    public async Task What_is_reserved_and_fails_comes_again()
    {
        await using var host = await CreateAsync(_ => _handled.IsEmpty ? throw new TimeoutException() : Delivery.Done);
        var message = await host.EnqueueReservedAsync(1);

        Assert.False(await host.Dispatcher.DeliverNowAsync(message, default));
        _handled.Enqueue(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(OutboxStatus.Done, (await host.GetMessageAsync()).Status);
    }

    private Task<Delivery> Done(Parcel parcel, CancellationToken cancellationToken)
    {
        _handled.Enqueue(parcel.Number);
        return Task.FromResult(Delivery.Done);
    }

    private Task<OutboxHost> CreateAsync(Func<Parcel, Delivery> handle, string? connectionString = null) =>
        CreateAsync((parcel, _) => Task.FromResult(handle(parcel)), connectionString);

    private Task<OutboxHost> CreateAsync(
        Func<Parcel, CancellationToken, Task<Delivery>> handle,
        string? connectionString = null
    ) => OutboxHost.CreateAsync(handle, connectionString, UseFakeTime);

    private void UseFakeTime(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(_time);
}
