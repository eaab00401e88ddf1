using System.Net;
using System.Text.Json;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>Somebody who looks around, orders, pays or does not, and changes their mind.</summary>
public sealed class Customer(
    ShopClient client,
    IReadOnlyList<long> products,
    TossSimulator toss,
    Random random,
    Diary diary
) : Person(client, ShopClient.ShopperPassword, random, diary)
{
    protected override async Task ActAsync()
    {
        await LookAroundAsync();
        if (await OrderAsync() is not { } order)
        {
            return;
        }

        await ThinkAsync();
        if (Happens(10))
        {
            // Sees to it tomorrow, which is after the deadline.
            return;
        }

        if (Happens(8))
        {
            await CancelAsync(order);
        }
        else if (order.GetProperty("paymentMethod").GetString() == "CARD")
        {
            await PayAsync(order);
        }

        if (Happens(15))
        {
            await ThinkAsync();
            await CancelAsync(order);
        }
    }

    private async Task LookAroundAsync()
    {
        await ListAsync(
            Choose(["/api/products", "/api/products?sort=priceAsc&inStock=true", "/api/products?q=Endurance"])
        );
        await AskAsync("look", () => Client.GetAsync($"/api/products/{Choose(products)}"));
        if (Happens(30))
        {
            await ListAsync("/api/orders");
        }
    }

    private async Task<JsonElement?> OrderAsync()
    {
        var method = Happens(60) ? "CARD" : "BANK_TRANSFER";
        (long, int)[] lines =
        [
            .. Enumerable
                .Range(0, Draw(3) + 1)
                .Select(_ => Choose(products))
                .Distinct()
                .Select(product => (product, Draw(2) + 1)),
        ];
        // Most send a key, and ask again with it. The others take no answer for a no.
        var key = Guid.NewGuid().ToString("N");
        var answer = Happens(80)
            ? await InsistAsync("order", () => Client.OrderAsync(method, lines, key))
            : await AskAsync("order", () => Client.OrderAsync(method, lines));
        if (answer?.Status != HttpStatusCode.Created)
        {
            return null;
        }

        Diary.Ordered.Enqueue(NumberOf(answer.Body));
        return answer.Body;
    }

    private async Task PayAsync(JsonElement order)
    {
        if (await ShowCardAsync(order) is not { } paymentKey)
        {
            return;
        }

        var paying = InsistAsync("confirm", () => ConfirmAsync(order, paymentKey));
        if (Happens(10))
        {
            await Task.WhenAll(paying, AskAsync("confirm", () => ConfirmAsync(order, paymentKey)));
        }
        else if (Happens(10) && await ShowCardAsync(order) is { } another)
        {
            await Task.WhenAll(paying, AskAsync("confirm", () => ConfirmAsync(order, another)));
        }
        else if (Happens(10))
        {
            await Task.WhenAll(paying, CancelAsync(order));
        }

        if (await paying is { Status: HttpStatusCode.OK })
        {
            Diary.Paid.Enqueue(NumberOf(order));
        }
    }

    private Task<Answer> ConfirmAsync(JsonElement order, string paymentKey) =>
        Client.SendAsync(
            HttpMethod.Post,
            "/api/payments/confirm",
            new
            {
                paymentKey,
                orderId = NumberOf(order),
                amount = order.GetProperty("totalPrice").GetDecimal(),
            }
        );

    /// <summary>Shows a card in Toss's window.</summary>
    /// <returns>The payment key; null if the window does not open.</returns>
    private async Task<string?> ShowCardAsync(JsonElement order)
    {
        try
        {
            return await toss.AuthenticateAsync(NumberOf(order), order.GetProperty("totalPrice").GetDecimal());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Diary.Note("no window");
            return null;
        }
    }

    private Task<Answer?> CancelAsync(JsonElement order) =>
        AskAsync(
            "cancel",
            () => Client.SendAsync(HttpMethod.Post, $"/api/orders/{order.GetProperty("id").GetInt64()}/cancel")
        );

    private static string NumberOf(JsonElement order) => order.GetProperty("orderNumber").GetString()!;
}
