using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>A database of the first version is taken over with all that is in it.</summary>
public sealed class UpgradeTests(QuietShop shop) : IClassFixture<QuietShop>
{
    [Fact]
    public async Task Orders_of_the_first_version_have_their_events_and_forgotten_stock_goes_back()
    {
        await shop.QueryAsync(async database =>
        {
            await database.GetService<IMigrator>().MigrateAsync("20261123000053_Orders");
            await database.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO orders (id, order_number, user_id, email, status, total_price, payment_method, depositor_name,
                    pay_by, created_at, updated_at)
                VALUES
                    (1, 'OLD-ONE', 5, 'a@example.com', 'CANCELLED', 3000.00, 'BANK_TRANSFER', '홍길동',
                        '2026-11-04 10:00:00.123456', '2026-11-01 10:00:00', '2026-11-02 10:00:00'),
                    (2, 'OLD-TWO', 6, 'b@example.com', 'PENDING', 4000.00, 'CARD', NULL,
                        '2026-11-01 11:30:00', '2026-11-01 11:00:00', '2026-11-01 11:00:00');
                INSERT INTO order_status_changes (order_id, from_status, to_status, actor, user_id, reason, changed_at)
                VALUES (1, 'PENDING', 'CANCELLED', 'CUSTOMER', 5, '"변심"', '2026-11-02 10:00:00');
                """
            );
            await database.Database.MigrateAsync();
            return 0;
        });

        var page = await shop.Payments.GetAsync("/internal/orders/events").JsonAsync();

        var events = page.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(
            [(1, "ORDER_PLACED", "OLD-ONE"), (2, "ORDER_PLACED", "OLD-TWO"), (3, "ORDER_STATUS_CHANGED", "OLD-ONE")],
            events.Select(e => (e.GetProperty("position").GetInt32(), e.Text("type"), e.Text("orderNumber")))
        );
        AssertJson(
            """{"userId":5,"totalPrice":3000,"paymentMethod":"BANK_TRANSFER","depositorName":"홍길동","payBy":"2026-11-04T10:00:00.123456Z"}""",
            events[0].GetProperty("data")
        );
        AssertJson(
            """{"from":"PENDING","to":"CANCELLED","actor":"CUSTOMER","userId":5,"reason":"\"변심\""}""",
            events[2].GetProperty("data")
        );
        Assert.Equal(1, await shop.Outbox.DeliverDueAsync());
        await shop.Products.WaitForReturnAsync();
        Assert.Equal(
            "OLD-ONE DONE",
            await shop.ScalarAsync<string>($"SELECT CONCAT(`key`, ' ', status) AS Value FROM outbox_messages")
        );
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(
            JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(expected), actual),
            actual.GetRawText()
        );
}
