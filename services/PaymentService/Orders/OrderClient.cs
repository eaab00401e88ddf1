using System.Globalization;
using System.Net;
using System.Text.Json;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>
/// order-svc's <c>/internal</c> endpoints. All are idempotent and therefore retried. Lasting failures throw exceptions that
/// <see cref="HttpClientExtensions.IsServiceFailure"/> recognises.
/// </summary>
public sealed class OrderClient(HttpClient http)
{
    public Task<ShopOrder?> FindAsync(string orderNumber, CancellationToken cancellationToken) =>
        FindByPathAsync(Path(orderNumber), cancellationToken);

    public Task<ShopOrder?> FindByIdAsync(long orderId, CancellationToken cancellationToken) =>
        FindByPathAsync($"/internal/orders/by-id/{orderId}", cancellationToken);

    /// <summary>Keeps the order from being cancelled while its card may be charged. Repeatable until released.</summary>
    /// <param name="attempt">The attempt that holds it.</param>
    /// <returns>Whether it is held; if not, this attempt cannot pay for the order any more.</returns>
    public async Task<bool> HoldAsync(string orderNumber, long attempt, CancellationToken cancellationToken)
    {
        using var response = await PostAsync<object>(
            $"{Path(orderNumber)}/hold?attempt={attempt}",
            null,
            cancellationToken
        );
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            await ReadRefusalAsync(response, ["order_not_payable"], cancellationToken);
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>
    /// Releases the order if this attempt or an earlier one holds it, and keeps them from holding it again, whatever arrives
    /// late. A later attempt's hold stays. Repeatable.
    /// </summary>
    /// <param name="attempt">The ended attempt; null if none is known to hold it.</param>
    public async Task ReleaseAsync(string orderNumber, long? attempt, CancellationToken cancellationToken)
    {
        var query = attempt is null ? "" : $"?attempt={attempt}";
        using var response = await PostAsync<object>($"{Path(orderNumber)}/release{query}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Orders held since before a time, by id.</summary>
    /// <param name="after">The last id of the page before.</param>
    /// <returns>None from an order-svc of the first release, which cannot tell.</returns>
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

    /// <summary>Reports the order as paid. Repeatable with the same payment.</summary>
    /// <returns>The code of order-svc's refusal; null if it accepts.</returns>
    public async Task<string?> MarkPaidAsync(
        string orderNumber,
        OrderPayment payment,
        CancellationToken cancellationToken
    )
    {
        using var response = await PostAsync($"{Path(orderNumber)}/paid", payment, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return await ReadRefusalAsync(
                response,
                ["order_closed", "already_paid", "amount_mismatch"],
                cancellationToken
            );
        }

        response.EnsureSuccessStatusCode();
        return null;
    }

    /// <summary>Ends an order that has not been shipped, because all of its money is about to go back. Repeatable.</summary>
    public async Task EndRefundedAsync(string orderNumber, OrderRefund refund, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"{Path(orderNumber)}/refund", refund, cancellationToken);
        // Without an order nothing is shipped. An older release of order-svc has the order but cannot end it: wait for the
        // newer one.
        if (
            response.StatusCode != HttpStatusCode.NotFound
            || await FindAsync(orderNumber, cancellationToken) is not null
        )
        {
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Suspends the order's deadline because a bank transfer was seen. Repeatable.</summary>
    /// <param name="seenAt">Identifies the deposit.</param>
    /// <returns>False if the order takes no bank transfer any more.</returns>
    public async Task<bool> SeeDepositAsync(string orderNumber, DateTime seenAt, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(
            $"{Path(orderNumber)}/deposit",
            new SeenDeposit(seenAt),
            cancellationToken
        );
        switch (response.StatusCode)
        {
            case HttpStatusCode.Conflict:
                await ReadRefusalAsync(response, ["order_not_payable"], cancellationToken);
                return false;
            case HttpStatusCode.NotFound:
                // An older release of order-svc: the order existed a moment ago.
                return true;
            default:
                response.EnsureSuccessStatusCode();
                return true;
        }
    }

    /// <summary>Resumes the order's deadline: the bank transfer was undone. Repeatable.</summary>
    public async Task ForgetDepositAsync(string orderNumber, DateTime seenAt, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(
            $"{Path(orderNumber)}/deposit/undo",
            new SeenDeposit(seenAt),
            cancellationToken
        );
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The feed's events after a position.</summary>
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

    private async Task<HttpResponseMessage> PostAsync<TBody>(
        string path,
        TBody? body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body, options: ShopJson.Options),
        };
        request.AllowRetry();
        return await http.SendAsync(request, cancellationToken);
    }

    private static async Task<string> ReadRefusalAsync(
        HttpResponseMessage response,
        string[] expected,
        CancellationToken cancellationToken
    )
    {
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
/// <param name="Attempt">The attempt that holds it; null if order-svc does not know.</param>
public sealed record HeldOrder(long Id, string OrderNumber, long? Attempt);

/// <summary>order-svc's order statuses.</summary>
public enum OrderStatus
{
    Pending,
    Confirmed,
    Shipping,
    Delivered,
    Cancelled,
}

/// <summary>An order as order-svc reports it.</summary>
/// <param name="OrderNumber">Toss's <c>orderId</c>.</param>
/// <param name="TotalPrice">In won.</param>
/// <param name="DepositorName">The name on an announced bank transfer.</param>
/// <param name="Held">Whether it cannot be cancelled because its card may be charged.</param>
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
    /// <summary>The order's payment before the money arrives.</summary>
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

/// <summary>What order-svc is told about an order's money.</summary>
/// <param name="Amount">In won.</param>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderPayment(long PaymentId, long Amount, PaymentActor Actor, long? UserId, string? Reason);

/// <summary>What order-svc is told when all of the money goes back.</summary>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderRefund(long PaymentId, PaymentActor Actor, long? UserId, string? Reason)
{
    internal static OrderRefund Of(long paymentId, Actor actor) =>
        new(paymentId, actor.Role, actor.UserId, actor.Reason);
}

public sealed record OrderEventPage(IReadOnlyList<OrderEvent> Events, long Last);

/// <summary>An event of order-svc's feed.</summary>
/// <param name="TraceParent">The trace in which it happened.</param>
/// <param name="Data">Details, by type.</param>
public sealed record OrderEvent(
    long Position,
    string Type,
    long OrderId,
    string OrderNumber,
    DateTime OccurredAt,
    string? TraceParent,
    JsonElement Data
);
