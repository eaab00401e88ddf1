using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.Testing;

namespace MsaShop.TossPayments.Tests;

/// <summary>A webhook that arrived.</summary>
internal sealed record Received(string TransmissionId, int RetriedCount, string? TraceParent, JsonElement Body)
{
    public string Status => Body.GetProperty("data").Text("status");

    public string PaymentKey => Body.GetProperty("data").Text("paymentKey");
}

/// <summary>The shop's end of the webhooks.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Received> _received = [];
    private readonly SemaphoreSlim _arrival = new(0);
    private StubService _stub = null!;

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public Uri Url => new(_stub.Address, "/webhooks");

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._stub = await StubService.StartAsync(app => app.MapPost("/webhooks", receiver.Receive));
        return receiver;
    }

    /// <summary>Waits until this many have arrived, and returns all.</summary>
    public async Task<IReadOnlyList<Received>> WaitForAsync(int count)
    {
        while (_received.Count < count)
        {
            Assert.True(await _arrival.WaitAsync(s_patience), $"{_received.Count} of {count} webhooks arrived.");
        }

        return All;
    }

    public async ValueTask DisposeAsync()
    {
        await _stub.DisposeAsync();
        _arrival.Dispose();
    }

    private StatusCodeHttpResult Receive(HttpRequest request, JsonElement body)
    {
        _received.Enqueue(
            new Received(
                request.Headers["tosspayments-webhook-transmission-id"].Single()!,
                int.Parse(
                    request.Headers["tosspayments-webhook-transmission-retried-count"].Single()!,
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                request.Headers.TraceParent,
                body
            )
        );
        Assert.NotEmpty(request.Headers["tosspayments-webhook-transmission-time"].Single()!);
        _arrival.Release();
        return TypedResults.StatusCode((int)Answer);
    }
}
