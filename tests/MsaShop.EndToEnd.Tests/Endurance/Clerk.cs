using System.Net;
using System.Text.Json;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>An administrator at work: deposits, parcels, refunds and shelves.</summary>
public sealed class Clerk(ShopClient client, IReadOnlyList<long> products, Random random, Diary diary)
    : Person(client, ShopFixture.AdminPassword, random, diary)
{
    private const int FewLeft = 5;

    protected override Task ActAsync() =>
        Draw(6) switch
        {
            0 or 1 => TakeDepositsAsync(),
            2 => ShipAsync(),
            3 => RefundAsync(),
            4 => SeeToRefundsAsync(),
            _ => RestockAsync(),
        };

    private async Task TakeDepositsAsync()
    {
        foreach (var order in await ListAsync("/api/orders?status=PENDING&paymentMethod=BANK_TRANSFER&size=10"))
        {
            var deposit = $"/api/payments/orders/{IdOf(order)}/deposit";
            switch (Draw(10))
            {
                case < 4:
                    await AskAsync(
                        "deposit",
                        () => Client.SendAsync(HttpMethod.Post, deposit, new { undoable = true })
                    );
                    if (Happens(30))
                    {
                        await AskAsync("undo", () => Client.SendAsync(HttpMethod.Delete, deposit));
                    }

                    break;
                case < 6:
                    await InsistAsync("deposit", () => Client.SendAsync(HttpMethod.Post, deposit));
                    break;
                case < 8:
                    await MoveAsync(order, "CONFIRMED");
                    break;
            }
        }
    }

    private async Task ShipAsync()
    {
        foreach (var order in await ListAsync("/api/orders?status=CONFIRMED&size=5"))
        {
            await MoveAsync(order, Happens(85) ? "SHIPPING" : "CANCELLED");
        }

        foreach (var order in await ListAsync("/api/orders?status=SHIPPING&size=5"))
        {
            await MoveAsync(order, "DELIVERED");
        }
    }

    private async Task RefundAsync()
    {
        foreach (var payment in await ListAsync("/api/payments?status=COMPLETED&size=3"))
        {
            object body = Happens(50) ? new { reason = "Broken" } : new { amount = 1_000, reason = "Scratched" };
            var key = Happens(70) ? Guid.NewGuid().ToString("N") : null;
            Task<Answer> Send() =>
                Client.SendAsync(HttpMethod.Post, $"/api/payments/{IdOf(payment)}/refund", body, key);
            // Without a key, a clerk who gets no answer looks before refunding again.
            await (key is null ? AskAsync("refund", Send) : InsistAsync("refund", Send));
        }
    }

    private async Task SeeToRefundsAsync()
    {
        foreach (var refund in await ListAsync("/api/payments/refunds?size=20"))
        {
            var path = $"/api/payments/refunds/{IdOf(refund)}";
            switch (refund.GetProperty("status").GetString())
            {
                case "TO_TRANSFER":
                    await AskAsync("transferred", () => Client.SendAsync(HttpMethod.Post, $"{path}/transferred"));
                    break;
                case "FAILED":
                    await AskAsync("retry", () => Client.SendAsync(HttpMethod.Post, $"{path}/retry"));
                    break;
            }
        }
    }

    private async Task RestockAsync()
    {
        foreach (var product in products)
        {
            var shown = await AskAsync("look", () => Client.GetAsync($"/api/products/{product}"));
            if (shown?.Status == HttpStatusCode.OK && shown.Body.GetProperty("stock").GetInt32() < FewLeft)
            {
                var key = Guid.NewGuid().ToString("N");
                await InsistAsync(
                    "restock",
                    () =>
                        Client.SendAsync(
                            HttpMethod.Patch,
                            $"/api/products/{product}/stock",
                            new { change = 10, reason = "Delivered" },
                            key
                        )
                );
            }
        }
    }

    private Task<Answer?> MoveAsync(JsonElement order, string status) =>
        AskAsync(status, () => Client.SendAsync(HttpMethod.Patch, $"/api/orders/{IdOf(order)}/status?status={status}"));

    private static long IdOf(JsonElement thing) => thing.GetProperty("id").GetInt64();
}
