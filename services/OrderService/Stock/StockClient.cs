using System.Net;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Stock;

/// <summary>So many of a product.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Quantity">How many.</param>
public sealed record StockLine(long ProductId, int Quantity);

/// <summary>What has been taken of a product, with its name and price at that moment.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Price">The price of one, in won.</param>
/// <param name="Quantity">How many have been taken.</param>
public sealed record TakenLine(long ProductId, string Name, decimal Price, int Quantity);

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
    public async Task<StockAnswer> TakeAsync(
        string orderNumber,
        IReadOnlyList<StockLine> lines,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest("/internal/stock/take", new(orderNumber, lines));
        using var response = await http.SendAsync(request, cancellationToken);
        var askedTwice = AttemptCounter.CountOf(request) > 1;
        switch (response.StatusCode)
        {
            case HttpStatusCode.Conflict:
                var conflict = await ReadAsync<Refusal>(response, cancellationToken);
                return conflict is { Code: "out_of_stock", Items: { } items }
                    ? new StockAnswer.OutOfStock(items) { AskedTwice = askedTwice }
                    : throw new HttpRequestException($"Taking stock was refused: {conflict.Code}.");
            case HttpStatusCode.UnprocessableEntity:
                var unknown = await ReadAsync<Refusal>(response, cancellationToken);
                return unknown is { Code: "unknown_product", ProductIds: { } ids }
                    ? new StockAnswer.UnknownProduct(ids) { AskedTwice = askedTwice }
                    : throw new HttpRequestException($"Taking stock was refused: {unknown.Code}.");
            default:
                response.EnsureSuccessStatusCode();
                return await ReadAsync<StockAnswer.Taken>(response, cancellationToken);
        }
    }

    /// <summary>Returns what the order has taken, if anything, and makes sure that it takes nothing from now on.</summary>
    public async Task ReturnAsync(string orderNumber, CancellationToken cancellationToken)
    {
        using var request = CreateRequest("/internal/stock/return", new(orderNumber, null));
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

    private sealed record StockRequest(string OrderNumber, IReadOnlyList<StockLine>? Items);

    private sealed record Refusal(
        string? Code,
        IReadOnlyList<Shortage>? Items = null,
        IReadOnlyList<long>? ProductIds = null
    );
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
