using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Placing;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public sealed class RetentionTests(QuietShop shop) : IClassFixture<QuietShop>
{
    [Fact]
    public void Of_each_table_somebody_has_decided_how_long_it_is_kept() =>
        shop.Services.AssertDecided<OrderDbContext>(
            "orders",
            "order_items",
            "order_status_changes",
            "order_events",
            "order_feed",
            "shoppers"
        );

    [Fact]
    public async Task Placements_go_by_the_thousand()
    {
        var userId = OrderShop.NewUserId();
        var now = DateTime.UtcNow;
        await shop.QueryAsync(database =>
        {
            database.Placements.AddRange(
                Enumerable.Range(0, 1_500).Select(number => Placement(userId, now.AddDays(-8).AddSeconds(number)))
            );
            database.Placements.Add(Placement(userId, now.AddDays(-6)));
            database.Placements.Add(Placement(userId, now.AddDays(-9)));
            return database.SaveChangesAsync();
        });
        await shop.ExecuteAsync(
            $"UPDATE order_placements SET state = 'PLACED' WHERE user_id = {userId} AND created_at > {now.AddDays(-8.5)}"
        );

        await shop.Services.CleanBacklogAsync("order_placements");

        Assert.Equal(
            [PlacementState.Running, PlacementState.Placed],
            await shop.QueryAsync(database =>
                database.Placements.Where(p => p.UserId == userId).Select(p => p.State).OrderBy(s => s).ToListAsync()
            )
        );
    }

    private static OrderPlacement Placement(long userId, DateTime createdAt) =>
        new()
        {
            OrderNumber = Guid.NewGuid().ToString("N"),
            UserId = userId,
            RequestHash = "",
            LeaseUntil = DateTime.UtcNow.AddDays(1),
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
        };
}
