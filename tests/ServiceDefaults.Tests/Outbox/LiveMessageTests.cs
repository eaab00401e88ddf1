using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaShop.Data;
using MsaShop.Outbox;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

/// <summary>Of a type and key, one message is pending.</summary>
public class LiveMessageTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_key_is_taken_while_its_message_is_pending()
    {
        await using var host = await CreateAsync();
        await host.EnqueueAsync(1, "a");
        await Assert.ThrowsAsync<MySqlException>(() => host.EnqueueAsync(2, "a"));
        // Keys are compared as they are.
        await host.EnqueueAsync(3, "A");

        Assert.Equal(2, await host.Dispatcher.DeliverDueAsync());
        await host.EnqueueAsync(4, "a");
    }

    [Fact]
    public async Task Messages_without_a_key_do_not_get_in_each_others_way()
    {
        await using var host = await CreateAsync();
        await host.EnqueueAsync(1);
        await host.EnqueueAsync(1);
        Assert.Equal(2, await host.Dispatcher.DeliverDueAsync());
    }

    [Fact]
    public async Task Hastening_brings_a_message_forward_and_never_puts_it_off()
    {
        await using var host = await CreateAsync();
        await host.HastenAsync(1, "a", Now.AddMinutes(10));
        await host.HastenAsync(2, "a", Now.AddMinutes(20));
        Assert.Equal(Now.AddMinutes(10), (await host.GetMessageAsync()).NextAttemptAt, TimeSpan.FromMilliseconds(1));

        await host.HastenAsync(3, "a");
        Assert.Equal(Now, (await host.GetMessageAsync()).NextAttemptAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());

        // The one that was pending is done, so this is a new one.
        await host.HastenAsync(4, "a");
        Assert.Equal(2, (await host.GetMessagesAsync()).Count);
    }

    [Fact]
    public async Task Many_at_once_make_one_message()
    {
        await using var host = await CreateAsync();
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => host.HastenAsync(i, "a"))));
            Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
            Assert.Equal(round, (await host.GetMessagesAsync()).Count);
        }
    }

    [Fact]
    public async Task However_hastening_and_handling_meet_no_call_goes_unheard()
    {
        var said = 0;
        var heard = 0;
        await using var one = await OutboxHost.CreateAsync(Listen);
        await using var two = await OutboxHost.CreateAsync(Listen, await one.GetConnectionStringAsync());
        OutboxHost[] hosts = [one, two];
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(
                hosts.Select(host =>
                    Task.Run(async () =>
                    {
                        // Now and then the other one is handling the message by then.
                        await Task.Delay(Random.Shared.Next(15));
                        Interlocked.Increment(ref said);
                        await host.HastenAsync(1, "a");
                        await host.Dispatcher.DeliverDueAsync();
                    })
                )
            );
            await one.Dispatcher.DeliverDueAsync();
            Assert.Equal(said, heard);
        }

        async Task<Delivery> Listen(Parcel parcel, CancellationToken cancellationToken)
        {
            var now = Volatile.Read(ref said);
            await Task.Delay(Random.Shared.Next(10), cancellationToken);
            InterlockedMax(ref heard, now);
            return Delivery.Done;
        }
    }

    [Fact]
    public async Task Transactions_that_hasten_in_opposite_order_all_succeed()
    {
        await using var host = await CreateAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(() =>
                        host.QueryAsync(database =>
                            database.TransactBatchedAsync(
                                async (transaction, token) =>
                                {
                                    string[] keys = i % 2 == 0 ? ["a", "b"] : ["b", "a"];
                                    foreach (var key in keys)
                                    {
                                        transaction.Enqueue(
                                            new Parcel(i),
                                            new EnqueueOptions { Key = key, Hastens = true }
                                        );
                                        await transaction.SendAsync(token);
                                    }

                                    return transaction.Enqueue(new Parcel(i), new EnqueueOptions { Key = $"own-{i}" });
                                },
                                CancellationToken.None
                            )
                        )
                    )
                )
        );

        Assert.Equal(22, await host.Dispatcher.DeliverDueAsync());
    }

    [Fact]
    public async Task Whoever_enqueues_or_hastens_a_message_knows_its_id()
    {
        await using var host = await CreateAsync();
        await host.EnqueueAsync(1);
        var own = await host.EnqueueAsync(2, "a");

        var hastened = await host.HastenAsync(3, "a");

        Assert.Equal(own.Id, hastened.Id);
        Assert.Equal(
            [("2", own.Id)],
            (await host.GetMessagesAsync())
                .Where(message => message.Key == "a")
                .Select(message => (message.Payload[^2..^1], message.Id))
        );
    }

    [Fact]
    public async Task What_is_hastened_while_it_is_handled_is_handled_again()
    {
        OutboxHost? itself = null;
        var calls = 0;
        await using var host = itself = await CreateAsync(
            async (_, _) =>
            {
                // It looked, found nothing, and then there was something.
                if (calls++ == 0)
                {
                    await itself!.HastenAsync(2, "a");
                }

                return Delivery.Done;
            }
        );
        await host.EnqueueAsync(1, "a");

        Assert.Equal(2, await host.Dispatcher.DeliverDueAsync());
        var message = await host.GetMessageAsync();
        Assert.Equal((OutboxStatus.Done, 2), (message.Status, message.Attempts));
    }

    [Fact]
    public async Task Hastening_counts_more_than_what_the_handler_says()
    {
        OutboxHost? itself = null;
        var answers = new Queue<Delivery>([
            Delivery.Later(TimeSpan.FromHours(1)),
            Delivery.Dead("Nothing to be done."),
            Delivery.Done,
        ]);
        await using var host = itself = await CreateAsync(
            async (_, _) =>
            {
                await itself!.HastenAsync(2, "a", Now.AddMinutes(1));
                return answers.Dequeue();
            }
        );
        await host.EnqueueAsync(1, "a");

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
            var message = await host.GetMessageAsync();
            Assert.Equal((OutboxStatus.Pending, attempt), (message.Status, message.Attempts));
            Assert.Equal(Now.AddMinutes(1), message.NextAttemptAt, TimeSpan.FromMilliseconds(1));
            _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task What_was_done_otherwise_need_not_be_done()
    {
        await using var host = await CreateAsync();
        await host.EnqueueAsync(1, "a");
        await host.EnqueueAsync(2, "b");

        await CompleteAsync(host, "a");
        await CompleteAsync(host, "no such key");

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal([0, 1], (await host.GetMessagesAsync()).Select(message => message.Attempts));
        await host.EnqueueAsync(3, "a");
    }

    [Fact]
    public async Task What_was_done_otherwise_meanwhile_stays_done()
    {
        OutboxHost? itself = null;
        await using var host = itself = await CreateAsync(
            async (_, _) =>
            {
                await CompleteAsync(itself!, "a");
                return Delivery.Later();
            }
        );
        await host.EnqueueAsync(1, "a");

        Assert.Equal(1, await host.Dispatcher.DeliverDueAsync());
        Assert.Equal(OutboxStatus.Done, (await host.GetMessageAsync()).Status);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private static Task<bool> CompleteAsync(OutboxHost host, string key) =>
        host.TransactAsync(transaction =>
        {
            transaction.Cancel<Parcel>(key);
            return true;
        });

    private Task<OutboxHost> CreateAsync(Func<Parcel, CancellationToken, Task<Delivery>>? handle = null) =>
        OutboxHost.CreateAsync(
            handle ?? ((_, _) => Task.FromResult(Delivery.Done)),
            configure: builder => builder.Services.AddSingleton<TimeProvider>(_time)
        );
}
