using System.Globalization;
using System.Net;
using System.Text.Json;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Orders;

/// <summary>
/// order-svc's <c>/internal</c> endpoints. All of them may be repeated, so all are retried; what still fails is an
/// exception that <see cref="HttpClientExtensions.IsServiceFailure"/> knows.
/// </summary>
public sealed class OrderClient(HttpClient http)
{
    /// <summary>The order with this number, or null.</summary>
    public Task<ShopOrder?> FindAsync(string orderNumber, CancellationToken cancellationToken) =>
        FindByPathAsync(Path(orderNumber), cancellationToken);

    /// <summary>The order with this id, or null.</summary>
    public Task<ShopOrder?> FindByIdAsync(long orderId, CancellationToken cancellationToken) =>
        FindByPathAsync($"/internal/orders/by-id/{orderId}", cancellationToken);

    /// <summary>
    /// Keeps the order from being cancelled while its card may be charged. Repeatable, until it is released.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="attempt">The attempt to charge it: whose hold it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is held; if not, it cannot be paid for by this attempt any more.</returns>
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
    /// Lets the order go as far as this attempt holds it, or one before; neither holds it from now on, whatever comes late. What
    /// a later one holds stays held. Repeatable.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="attempt">The attempt, which has ended; null where nobody knows of one that holds it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReleaseAsync(string orderNumber, long? attempt, CancellationToken cancellationToken)
    {
        var query = attempt is null ? "" : $"?attempt={attempt}";
        using var response = await PostAsync<object>($"{Path(orderNumber)}/release{query}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The orders that were held before this time and still are, by id.</summary>
    /// <param name="before">The time.</param>
    /// <param name="after">The id after which to begin.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The orders; none from an order-svc of the first release, which does not tell.</returns>
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
    /// <returns>Null, or the code with which order-svc will not have it.</returns>
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

    /// <summary>
    /// Has the order ended, where it has not been shipped, because all of its money is about to go back. Repeatable.
    /// </summary>
    public async Task EndRefundedAsync(string orderNumber, OrderRefund refund, CancellationToken cancellationToken)
    {
        using var response = await PostAsync($"{Path(orderNumber)}/refund", refund, cancellationToken);
        // Where there is no order, nothing is shipped. An order-svc of an older release has the order, but does not know how
        // to end it: then it is waited for.
        if (
            response.StatusCode != HttpStatusCode.NotFound
            || await FindAsync(orderNumber, cancellationToken) is not null
        )
        {
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>
    /// Has the order wait to be told of a bank transfer that has been seen, whatever its deadline. Repeatable.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="seenAt">When it was seen: which one it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it waits; if not, the order takes no bank transfer any more.</returns>
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
                // An order-svc of an older release, for the order was there a moment ago.
                return true;
            default:
                response.EnsureSuccessStatusCode();
                return true;
        }
    }

    /// <summary>Has the order's deadline count again: the bank transfer seen then has not come after all. Repeatable.</summary>
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

    /// <summary>What has happened to orders after this position of the feed.</summary>
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

/// <summary>An order that is held, for its card may be charged.</summary>
/// <param name="Id">The id.</param>
/// <param name="OrderNumber">The public number.</param>
/// <param name="Attempt">The attempt to charge it; null where that was not said.</param>
public sealed record HeldOrder(long Id, string OrderNumber, long? Attempt);

/// <summary>Where an order stands, in order-svc's words.</summary>
public enum OrderStatus
{
    /// <summary>Awaits its money.</summary>
    Pending,

    /// <summary>Paid.</summary>
    Confirmed,

    /// <summary>On its way.</summary>
    Shipping,

    /// <summary>Arrived.</summary>
    Delivered,

    /// <summary>Will not be sent.</summary>
    Cancelled,
}

/// <summary>An order, as order-svc tells payment-svc.</summary>
/// <param name="Id">The id.</param>
/// <param name="OrderNumber">The public number: Toss's <c>orderId</c>.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="TotalPrice">What is to be paid, in won.</param>
/// <param name="PaymentMethod">How it is to be paid.</param>
/// <param name="DepositorName">In whose name a bank transfer comes.</param>
/// <param name="PayBy">Until when it is to be paid.</param>
/// <param name="Held">Whether it is kept from being cancelled, for its card may be charged.</param>
/// <param name="CreatedAt">When it was placed.</param>
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
    /// <summary>The order's payment, before the money has come.</summary>
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

/// <summary>What order-svc is told of the money for an order.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Amount">How much, in won.</param>
/// <param name="Actor">Who says that it is there: the shop itself, or somebody who manages it.</param>
/// <param name="UserId">The user who says so.</param>
/// <param name="Reason">Why, for the order's history.</param>
public sealed record OrderPayment(long PaymentId, long Amount, PaymentActor Actor, long? UserId, string? Reason);

/// <summary>What order-svc is told of money that goes back: all of it.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Actor">Who gives it back: the shop itself, its customer or somebody who manages it.</param>
/// <param name="UserId">The user who does.</param>
/// <param name="Reason">Why, for the order's history.</param>
public sealed record OrderRefund(long PaymentId, PaymentActor Actor, long? UserId, string? Reason)
{
    /// <summary>The payment's money goes back.</summary>
    internal static OrderRefund Of(long paymentId, Actor actor) =>
        new(paymentId, actor.Role, actor.UserId, actor.Reason);
}

/// <summary>A page of order-svc's feed.</summary>
/// <param name="Events">The events, by position.</param>
/// <param name="Last">The last position that the feed has.</param>
public sealed record OrderEventPage(IReadOnlyList<OrderEvent> Events, long Last);

/// <summary>Something that has happened to an order.</summary>
/// <param name="Position">Where it stands in the feed.</param>
/// <param name="Type">What has happened.</param>
/// <param name="OrderId">The order's id.</param>
/// <param name="OrderNumber">The order's public number.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="TraceParent">The trace in which it happened.</param>
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
