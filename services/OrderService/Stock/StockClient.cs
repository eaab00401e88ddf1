using System.Net;
using System.Text.Json;

namespace MsaShop.OrderService.Stock;

public sealed record StockLine(long ProductId, int Quantity);

/// <summary>What was taken of a product, or would have been, with its name and price then.</summary>
/// <param name="Price">The price of one, in won.</param>
/// <param name="Left">How many are left; null if unknown.</param>
public sealed record TakenLine(long ProductId, string Name, decimal Price, int Quantity, int? Left = null);

internal static class TakenLineExtensions
{
    public static decimal SumPrices(this IEnumerable<TakenLine> lines) => lines.Sum(line => line.Price * line.Quantity);
}

public sealed record Shortage(long ProductId, int Requested, int Available);

/// <summary>product-svc's answer. Unless <see cref="Taken"/>, nothing was taken.</summary>
public abstract record StockAnswer
{
    private StockAnswer() { }

    /// <summary>
    /// Whether the call was sent more than once: an earlier one may still be carried out, whatever the last one's answer.
    /// </summary>
    public bool AskedTwice { get; init; }

    public sealed record Taken(IReadOnlyList<TakenLine> Items) : StockAnswer;

    public sealed record OutOfStock(IReadOnlyList<Shortage> Items) : StockAnswer;

    /// <param name="Items">The lines at their present prices.</param>
    public sealed record PriceChanged(IReadOnlyList<TakenLine> Items) : StockAnswer;

    /// <param name="Items">The lines at their present prices.</param>
    public sealed record TotalTooSmall(IReadOnlyList<TakenLine> Items) : StockAnswer;

    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : StockAnswer;
}

/// <summary>
/// Takes and returns stock at product-svc. Both calls are keyed by the order's number and idempotent, and therefore retried.
/// </summary>
public sealed class StockClient(HttpClient http)
{
    /// <summary>Takes the stock of all lines, or of none.</summary>
    /// <param name="expectedTotal">What the lines must cost, in won; null for anything.</param>
    /// <param name="leastTotal">The least they must cost, in won.</param>
    public async Task<StockAnswer> TakeAsync(
        string orderNumber,
        IReadOnlyList<StockLine> lines,
        long? expectedTotal,
        long leastTotal,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest("/internal/stock/take", new(orderNumber, lines, expectedTotal, leastTotal));
        using var response = await http.SendAsync(request, cancellationToken);
        var askedTwice = AttemptCounter.CountOf(request) > 1;
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
        {
            var refusal = await ReadAsync<Refusal>(response, cancellationToken);
            return refusal.ToAnswer() with { AskedTwice = askedTwice };
        }

        response.EnsureSuccessStatusCode();
        return await ReadAsync<StockAnswer.Taken>(response, cancellationToken);
    }

    /// <summary>Returns what the order has taken, if anything, and keeps it from taking stock later.</summary>
    public async Task ReturnAsync(string orderNumber, CancellationToken cancellationToken)
    {
        using var request = CreateRequest("/internal/stock/return", new(orderNumber));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage CreateRequest(string path, StockRequest body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, options: ShopJson.Options),
        };
        request.AllowRetry();
        return request;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(ShopJson.Options, cancellationToken)
        ?? throw new HttpRequestException("product-svc answered with nothing.");

    private sealed record StockRequest(
        string OrderNumber,
        IReadOnlyList<StockLine>? Items = null,
        long? ExpectedTotal = null,
        long? LeastTotal = null
    );

    /// <summary>Why nothing was taken. The code tells what the items are.</summary>
    private sealed record Refusal(string? Code, JsonElement? Items = null, IReadOnlyList<long>? ProductIds = null)
    {
        public StockAnswer ToAnswer() =>
            this switch
            {
                { Code: "out_of_stock", Items: { } items } => new StockAnswer.OutOfStock(Read<Shortage>(items)),
                { Code: "price_changed", Items: { } items } => new StockAnswer.PriceChanged(Read<TakenLine>(items)),
                { Code: "total_too_small", Items: { } items } => new StockAnswer.TotalTooSmall(Read<TakenLine>(items)),
                { Code: "unknown_product", ProductIds: { } ids } => new StockAnswer.UnknownProduct(ids),
                _ => throw new HttpRequestException($"Taking stock was refused: {Code}."),
            };

        private static IReadOnlyList<T> Read<T>(JsonElement items) =>
            items.Deserialize<IReadOnlyList<T>>(ShopJson.Options)
            ?? throw new HttpRequestException("product-svc answered with nothing.");
    }
}

/// <summary>Counts how often a request is sent.</summary>
internal sealed class AttemptCounter : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<int> s_count = new("MsaShop.Attempts");

    public static int CountOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(s_count, out var count) ? count : 0;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.Options.Set(s_count, CountOf(request) + 1);
        return base.SendAsync(request, cancellationToken);
    }
}
