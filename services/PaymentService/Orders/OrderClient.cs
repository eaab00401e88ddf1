using System.Globalization;
using System.Net;
using System.Text.Json;

namespace MsaShop.PaymentService.Orders;

/// <summary>
/// order-svc's <c>/internal</c> endpoints. All of them may be repeated, so all are retried; what still fails is an
/// exception that <see cref="HttpClientExtensions.IsServiceFailure"/> recognizes.
/// </summary>
public sealed class OrderClient(HttpClient http)
{
    public Task<ShopOrder?> FindAsync(string orderNumber, CancellationToken cancellationToken) =>
        FindByPathAsync(Path(orderNumber), cancellationToken);

    public Task<ShopOrder?> FindByIdAsync(long orderId, CancellationToken cancellationToken) =>
        FindByPathAsync($"/internal/orders/by-id/{orderId}", cancellationToken);

    /// <summary>
    /// Keeps the order from being cancelled while its card may be charged. Repeatable until released.
    /// </summary>
    /// <returns>False if this attempt cannot pay for the order any more.</returns>
    public async Task<bool> HoldAsync(string orderNumber, long attempt, CancellationToken cancellationToken)
    {
        var path = $"{Path(orderNumber)}/hold?attempt={attempt}";
        using var response = await PostAsync(path, body: null, cancellationToken);
        return await FindRefusalAsync(response, ["order_not_payable"], cancellationToken) is null;
    }

    /// <summary>
    /// Ends the hold of this attempt or an earlier one; neither can hold the order again, however late a call arrives.
    /// A later attempt's hold stays. Repeatable.
    /// </summary>
    /// <param name="attempt">An attempt that has ended; null where none is known.</param>
    public async Task ReleaseAsync(string orderNumber, long? attempt, CancellationToken cancellationToken)
    {
        var query = attempt is null ? "" : $"?attempt={attempt}";
        using var response = await PostAsync($"{Path(orderNumber)}/release{query}", body: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Orders held before this time and still held, by id.</summary>
    /// <param name="after">The last id of the page before.</param>
    /// <returns>Empty from an order-svc of the first release, which does not tell.</returns>
    public async Task<IReadOnlyList<HeldOrder>> ListHeldAsync(
        DateTime before,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var time = Uri.EscapeDataString(before.ToString("O", CultureInfo.InvariantCulture));
        using var response = await http.GetAsync(
            $"/internal/orders/held?before={time}&after={after}&limit={limit}",
            cancellationToken
        );
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        var page = await response
            .EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<HeldOrderPage>(ShopJson.Options, cancellationToken);
        return page?.Orders ?? throw Nothing();
    }

    /// <summary>Tells that the order is paid. Repeatable with the same payment.</summary>
    /// <returns>Null, or the code with which order-svc refuses.</returns>
    public async Task<string?> MarkPaidAsync(
        string orderNumber,
        OrderPayment payment,
        CancellationToken cancellationToken
    )
    {
        using var response = await PostAsync($"{Path(orderNumber)}/paid", payment, cancellationToken);
        string[] refusals = ["order_closed", "already_paid", "amount_mismatch"];
        return await FindRefusalAsync(response, refusals, cancellationToken);
    }

    /// <summary>Ends an order that has not been shipped: all of its money is about to go back. Repeatable.</summary>
    public async Task EndRefundedAsync(string orderNumber, OrderRefund refund, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"{Path(orderNumber)}/refund", refund, cancellationToken);
        // Without an order, nothing is shipped. An order-svc of an older release has the order, but cannot end it yet:
        // then the refund waits.
        if (
            response.StatusCode != HttpStatusCode.NotFound
            || await FindAsync(orderNumber, cancellationToken) is not null
        )
        {
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Has the order wait for a transfer that has been seen, whatever its deadline. Repeatable.</summary>
    /// <returns>False if the order takes no bank transfer any more.</returns>
    public async Task<bool> SeeDepositAsync(string orderNumber, DateTime seenAt, CancellationToken cancellationToken)
    {
        var path = $"{Path(orderNumber)}/deposit";
        using var response = await PostAsync(path, new SeenDeposit(seenAt), cancellationToken);
        // Not found by an order-svc of an older release: the order was there a moment ago.
        return response.StatusCode == HttpStatusCode.NotFound
            || await FindRefusalAsync(response, ["order_not_payable"], cancellationToken) is null;
    }

    /// <summary>Has the order's deadline count again: the bank transfer seen then has not come after all. Repeatable.</summary>
    public async Task ForgetDepositAsync(string orderNumber, DateTime seenAt, CancellationToken cancellationToken)
    {
        var path = $"{Path(orderNumber)}/deposit/undo";
        using var response = await PostAsync(path, new SeenDeposit(seenAt), cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            response.EnsureSuccessStatusCode();
        }
    }

    public async Task<OrderEventPage> ReadEventsAsync(long after, int limit, CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<OrderEventPage>(
            $"/internal/orders/events?after={after}&limit={limit}",
            ShopJson.Options,
            cancellationToken
        ) ?? throw Nothing();

    private static string Path(string orderNumber) => $"/internal/orders/{Uri.EscapeDataString(orderNumber)}";

    private async Task<ShopOrder?> FindByPathAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(path, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : await response
                .EnsureSuccessStatusCode()
                .Content.ReadFromJsonAsync<ShopOrder>(ShopJson.Options, cancellationToken)
                ?? throw Nothing();
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ShopJson.Options),
        };
        request.AllowRetry();
        return await http.SendAsync(request, cancellationToken);
    }

    /// <returns>The code with which order-svc refuses, one of those expected; null if it does not refuse.</returns>
    private static async Task<string?> FindRefusalAsync(
        HttpResponseMessage response,
        string[] expected,
        CancellationToken cancellationToken
    )
    {
        if (response.StatusCode != HttpStatusCode.Conflict)
        {
            response.EnsureSuccessStatusCode();
            return null;
        }

        var refusal = await response.Content.ReadFromJsonAsync<Refusal>(ShopJson.Options, cancellationToken);
        return refusal?.Code is { } code && expected.Contains(code)
            ? code
            : throw new HttpRequestException($"order-svc refused: {refusal?.Code ?? "without a code"}.");
    }

    private static HttpRequestException Nothing() => new("order-svc answered with nothing.");

    private sealed record Refusal(string? Code);

    private sealed record HeldOrderPage(IReadOnlyList<HeldOrder> Orders);

    private sealed record SeenDeposit(DateTime SeenAt);
}

/// <summary>An order that is held because its card may be charged.</summary>
/// <param name="Attempt">Null where the hold named none.</param>
public sealed record HeldOrder(long Id, string OrderNumber, long? Attempt);

public enum OrderStatus
{
    Pending,
    Confirmed,
    Shipping,
    Delivered,
    Cancelled,
}

/// <param name="OrderNumber">Toss's <c>orderId</c>.</param>
/// <param name="TotalPrice">In won.</param>
/// <param name="Held">Whether it is kept from being cancelled because its card may be charged.</param>
public sealed record ShopOrder(
    long Id,
    string OrderNumber,
    long UserId,
    OrderStatus Status,
    decimal TotalPrice,
    PaymentMethod PaymentMethod,
    string? DepositorName,
    DateTime? PayBy,
    bool Held,
    DateTime CreatedAt
)
{
    internal Payment ToPayment(DateTime now) =>
        new()
        {
            OrderId = Id,
            OrderNumber = OrderNumber,
            UserId = UserId,
            Amount = TotalPrice,
            Method = PaymentMethod,
            DepositorName = DepositorName,
            CreatedAt = now,
            UpdatedAt = now,
        };
}

/// <param name="Amount">In won.</param>
/// <param name="Actor">The shop itself, or an administrator.</param>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderPayment(long PaymentId, long Amount, PaymentActor Actor, long? UserId, string? Reason);

/// <summary>All of the order's money goes back.</summary>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderRefund(long PaymentId, PaymentActor Actor, long? UserId, string? Reason)
{
    internal static OrderRefund Of(long paymentId, Actor actor) =>
        new(paymentId, actor.Role, actor.UserId, actor.Reason);
}

/// <param name="Last">The last position that the feed has.</param>
public sealed record OrderEventPage(IReadOnlyList<OrderEvent> Events, long Last);

/// <param name="Data">What else there is to know, by type.</param>
public sealed record OrderEvent(
    long Position,
    string Type,
    long OrderId,
    string OrderNumber,
    DateTime OccurredAt,
    string? TraceParent,
    JsonElement Data
);
