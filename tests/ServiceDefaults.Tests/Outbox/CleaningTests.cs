using Microsoft.EntityFrameworkCore;
using MsaShop.Outbox;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

public sealed class CleaningTests
{
    [Fact]
    public async Task Messages_that_are_done_go_after_a_while_and_others_never()
    {
        await using var host = await OutboxHost.CreateAsync((_, _) => Task.FromResult(Delivery.Done));
        var now = DateTime.UtcNow;
        await host.QueryAsync(database =>
        {
            database.AddRange(
                Enumerable
                    .Range(0, 1_500)
                    .Select(number => Message($"old {number}", OutboxStatus.Done, now.AddDays(-2).AddSeconds(number)))
            );
            database.Add(Message("young", OutboxStatus.Done, now.AddHours(-23)));
            database.Add(Message("dead", OutboxStatus.Dead, now.AddDays(-9)));
            database.Add(Message("pending", OutboxStatus.Pending, null));
            return database.SaveChangesAsync();
        });

        await host.Services.CleanBacklogAsync("outbox_messages");

        Assert.Equal(["young", "dead", "pending"], (await host.GetMessagesAsync()).Select(message => message.Key));
    }

    private static OutboxMessage Message(string key, OutboxStatus status, DateTime? doneAt) =>
        new()
        {
            Type = Parcel.Type,
            Key = key,
            Payload = "{}",
            Status = status,
            DoneAt = doneAt,
            NextAttemptAt = DateTime.UtcNow.AddDays(-10),
            CreatedAt = DateTime.UtcNow.AddDays(-10),
        };
}
