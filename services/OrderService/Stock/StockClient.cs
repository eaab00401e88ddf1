using System.Net;
using System.Text.Json;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Stock;

/// <summary>So many of a product.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Quantity">How many.</param>
public sealed record StockLine(long ProductId, int Quantity);

/// <summary>What has been taken of a product, or would have been, with its name and price at that moment.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Price">The price of one, in won.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Left">How many were left; null where that is not told.</param>
public sealed record TakenLine(long ProductId, string Name, decimal Price, int Quantity, int? Left = null);

internal static class TakenLineExtensions
{
    /// <summary>What the lines cost together.</summary>
    public static decimal SumPrices(this IEnumerable<TakenLine> lines) => lines.Sum(line => line.Price * line.Quantity);
}

/// <summary>A product of which there is not enough.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Requested">How many were wanted.</param>
/// <param name="Available">How many there are.</param>
public sealed record Shortage(long ProductId, int Requested, int Available);

/// <summary>What product-svc answers to an order's wish for stock.</summary>
public abstract record StockAnswer
{
    private StockAnswer() { }

    /// <summary>
    /// Whether the question was sent more than once, so that an earlier one may yet be carried out, whatever the answer to
    /// a later one.
    /// </summary>
    public bool AskedTwice { get; init; }

    /// <summary>All lines have been taken.</summary>
    /// <param name="Items">The lines.</param>
    public sealed record Taken(IReadOnlyList<TakenLine> Items) : StockAnswer;

    /// <summary>There is not enough of some products, so nothing has been taken.</summary>
    /// <param name="Items">The products there is not enough of.</param>
    public sealed record OutOfStock(IReadOnlyList<Shortage> Items) : StockAnswer;

    /// <summary>The lines cost something else than expected, so nothing has been taken.</summary>
    /// <param name="Items">The lines, at their prices of now.</param>
    public sealed record PriceChanged(IReadOnlyList<TakenLine> Items) : StockAnswer;

    /// <summary>The lines cost too little to be paid, so nothing has been taken.</summary>
    /// <param name="Items">The lines, at their prices of now.</param>
    public sealed record TotalTooSmall(IReadOnlyList<TakenLine> Items) : StockAnswer;

    /// <summary>Some products are not for sale, so nothing has been taken.</summary>
    /// <param name="ProductIds">The products that are not for sale.</param>
    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : StockAnswer;
}

/// <summary>
/// Takes stock from product-svc and returns it. Both are keyed by the order's number and may be repeated, so both are
/// retried.
/// </summary>
public sealed class StockClient(HttpClient http)
{
    /// <summary>Takes the stock of all lines, or of none.</summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="lines">What to take.</param>
    /// <param name="expectedTotal">What all of it must cost, or nothing is taken; null where it may cost anything.</param>
    /// <param name="leastTotal">What all of it must cost at least, or nothing is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

    /// <summary>Returns what the order has taken, if anything, and makes sure that it takes nothing from now on.</summary>
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

    /// <summary>Why nothing was taken; what the items are depends on the code.</summary>
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
