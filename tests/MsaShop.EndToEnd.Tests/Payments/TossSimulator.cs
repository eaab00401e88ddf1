using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace MsaShop.EndToEnd.Tests.Payments;

/// <summary>A payment as Toss sees it.</summary>
public sealed record TossPayment(
    string PaymentKey,
    string OrderId,
    decimal TotalAmount,
    decimal BalanceAmount,
    string Status
)
{
    /// <summary>What went back.</summary>
    public decimal RefundedAmount => TotalAmount - BalanceAmount;

    /// <summary>Whether money ever moved.</summary>
    public bool IsCharged => Status is "DONE" or "PARTIAL_CANCELED" or "CANCELED";
}

/// <summary>Toss's side of the card payments: what the buyer does in Toss's window, and what Toss has in its books.</summary>
/// <param name="app">The shop.</param>
public sealed class TossSimulator(DistributedApplication app)
{
    public const string Name = "toss-payments";

    /// <summary>Everything in Toss's books.</summary>
    public async Task<IReadOnlyList<TossPayment>> PaymentsAsync()
    {
        using var http = NewClient();
        return (await http.GetFromJsonAsync<List<TossPayment>>("/sim/payments"))!;
    }

    /// <summary>What Toss has charged for an order.</summary>
    public async Task<IReadOnlyList<TossPayment>> ChargesOfAsync(string orderNumber) =>
        [.. (await PaymentsAsync()).Where(payment => payment.OrderId == orderNumber && payment.IsCharged)];

    /// <summary>Opens Toss's window and shows it a card. Nothing is charged before the shop confirms.</summary>
    /// <returns>The payment key.</returns>
    public async Task<string> AuthenticateAsync(string orderNumber, decimal amount)
    {
        using var gateway = app.CreateHttpClient("gateway-svc", "http");
        var client = await gateway.GetFromJsonAsync<JsonElement>("/api/payments/client");
        using var http = NewClient();
        using var opened = await http.PostAsJsonAsync(
            "/sim/payments",
            new
            {
                clientKey = client.GetProperty("clientKey").GetString(),
                orderId = orderNumber,
                orderName = "Test",
                amount = new { currency = "KRW", value = amount },
                authorize = true,
            }
        );
        return (await ReadAsync(opened)).GetProperty("paymentKey").GetString()!;
    }

    /// <summary>Lets something go wrong the next time.</summary>
    /// <param name="kind">What.</param>
    /// <param name="operation">Asking for what; null for webhooks.</param>
    /// <param name="orderNumber">The order that it befalls.</param>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="code">Which error it is.</param>
    /// <returns>Its id.</returns>
    public async Task<long> AddFaultAsync(
        string kind,
        string? operation,
        string orderNumber,
        double seconds = 5,
        string? code = null
    )
    {
        using var http = NewClient();
        using var added = await http.PostAsJsonAsync(
            "/sim/faults",
            new
            {
                kind,
                operation,
                orderId = orderNumber,
                seconds,
                code,
            }
        );
        return (await ReadAsync(added)).GetProperty("id").GetInt64();
    }

    /// <summary>Waits until the fault has befallen somebody.</summary>
    public async Task WaitUntilTakenAsync(long fault, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        using var http = NewClient();
        while (
            (await http.GetFromJsonAsync<JsonElement>("/sim/faults"))
                .EnumerateArray()
                .Any(waiting => waiting.GetProperty("id").GetInt64() == fault)
        )
        {
            Assert.True(watch.Elapsed < limit, $"Nobody asked Toss within {limit.TotalSeconds} s.");
            await Task.Delay(25);
        }
    }

    /// <summary>Lets time pass at Toss.</summary>
    public async Task AdvanceClockAsync(TimeSpan time)
    {
        using var http = NewClient();
        using var moved = await http.PostAsJsonAsync("/sim/clock", new { minutes = time.TotalMinutes });
        moved.EnsureSuccessStatusCode();
    }

    private HttpClient NewClient() => new() { BaseAddress = app.GetEndpoint(Name, "http") };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.IsSuccessStatusCode,
            $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}"
        );
        return JsonDocument.Parse(text).RootElement;
    }
}
