using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;
using MsaShop.TossPayments.Testing;

namespace MsaShop.TossPayments.Tests;

/// <summary>One simulator for a class of tests, each with its own orders.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    public TossSimulator Toss { get; private set; } = null!;

    public async Task InitializeAsync() => Toss = await TossSimulator.StartAsync();

    public async Task DisposeAsync() => await Toss.DisposeAsync();
}

/// <summary>Shorter ways to call Toss.</summary>
internal static class Calls
{
    public static string NewOrder() => $"order-{Guid.NewGuid():N}";

    public static Task<HttpResponseMessage> ConfirmAsync(
        this TossSimulator toss,
        string? paymentKey,
        string? orderId,
        object? amount,
        string? idempotencyKey = null,
        string? language = null
    ) =>
        toss.PostAsync(
            "/v1/payments/confirm",
            new
            {
                paymentKey,
                orderId,
                amount,
            },
            idempotencyKey,
            language
        );

    public static Task<HttpResponseMessage> CancelAsync(
        this TossSimulator toss,
        string paymentKey,
        object body,
        string? idempotencyKey = null
    ) => toss.PostAsync($"/v1/payments/{paymentKey}/cancel", body, idempotencyKey);

    public static async Task<HttpResponseMessage> PostAsync(
        this TossSimulator toss,
        string path,
        object body,
        string? idempotencyKey = null,
        string? language = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        return await toss.Client.SendAsync(request);
    }

    /// <summary>A payment that is DONE; returns its key.</summary>
    public static async Task<string> PayAsync(this TossSimulator toss, string orderId, long amount)
    {
        var paymentKey = await toss.AuthorizeAsync(orderId, amount);
        await toss.ConfirmAsync(paymentKey, orderId, amount).JsonAsync();
        return paymentKey;
    }

    /// <summary>The answer must be Toss's error with this status and code.</summary>
    public static async Task<string> ErrorAsync(this Task<HttpResponseMessage> answer, int status, string code)
    {
        var error = await answer.JsonAsync((System.Net.HttpStatusCode)status);
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(["code", "message"], error.EnumerateObject().Select(member => member.Name));
        return error.GetProperty("message").GetString()!;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
