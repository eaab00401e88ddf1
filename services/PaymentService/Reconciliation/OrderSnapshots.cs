using System.Globalization;
using System.Net;

namespace MsaShop.PaymentService.Reconciliation;

/// <param name="TotalPrice">In won.</param>
/// <param name="Held">Whether it is kept as it is because its card may be charged.</param>
/// <param name="ByHand">Why it was confirmed or shipped without a payment, if it was.</param>
internal sealed record OrderSnapshot(
    long Id,
    string OrderNumber,
    OrderStatus Status,
    decimal TotalPrice,
    PaymentMethod PaymentMethod,
    bool Held,
    string? ByHand,
    DateTime CreatedAt,
    DateTime? UpdatedAt
)
{
    /// <summary>Whether its money must have come.</summary>
    public bool IsPaid => Status is OrderStatus.Confirmed or OrderStatus.Shipping or OrderStatus.Delivered;
}

internal sealed class OrderSnapshots(HttpClient http)
{
    /// <summary>The orders placed in a period, by id, page by page.</summary>
    public async Task<IReadOnlyList<OrderSnapshot>> ListAsync(
        DateTime from,
        DateTime to,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var page = await http.GetFromJsonAsync<Page>(
            $"/internal/orders?from={Write(from)}&to={Write(to)}&after={after}&limit={limit}",
            ShopJson.Options,
            cancellationToken
        );
        return page?.Orders ?? throw new HttpRequestException("order-svc answered with nothing.");
    }

    public async Task<OrderSnapshot?> FindAsync(long id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/internal/orders/by-id/{id}", cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await response
                .EnsureSuccessStatusCode()
                .Content.ReadFromJsonAsync<OrderSnapshot>(ShopJson.Options, cancellationToken);
    }

    private static string Write(DateTime time) =>
        Uri.EscapeDataString(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    private sealed record Page(IReadOnlyList<OrderSnapshot> Orders);
}
