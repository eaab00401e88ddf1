using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>An order, as the stand-in of order-svc keeps it.</summary>
public sealed record TestOrder(
    long Id,
    string OrderNumber,
    long UserId,
    OrderStatus Status,
    long TotalPrice,
    PaymentMethod PaymentMethod,
    string? DepositorName,
    DateTime PayBy,
    bool Held,
    long? PaymentId,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>When its bank transfer was seen.</summary>
    [JsonIgnore]
    public DateTime? DepositSeenAt { get; init; }

    /// <summary>Why it was confirmed without a payment.</summary>
    public string? ByHand { get; init; }
}

/// <summary>order-svc as payment-svc sees it: orders that move, and the feed that tells of it.</summary>
public sealed class ShopOrders : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<long, TestOrder> _orders = [];
    private readonly List<object> _events = [];
    private StubService _service = null!;

    /// <summary>Whether it answers at all.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether it is of the release before, which knows of no refunds and of no deposits that were seen.</summary>
    public bool IsOlder { get; set; }

    /// <summary>Whether it tells of events; if not, the feed ends where it was when it was stopped.</summary>
    public bool FeedStandsStill { get; set; }

    /// <summary>How often it was told that an order is paid.</summary>
    public int PaidCalls { get; private set; }

    /// <summary>How often it was told that an order's money goes back.</summary>
    public int RefundCalls { get; private set; }

    /// <summary>Happens after order-svc has given an order away, before whoever asked for it has the answer.</summary>
    public Action<long>? AfterRead { get; set; }

    /// <summary>Happens after order-svc has been told that an order's bank transfer was seen.</summary>
    public Action<long>? AfterSeen { get; set; }

    /// <summary>Where it listens.</summary>
    public Uri Address => _service.Address;

    public static async Task<ShopOrders> StartAsync()
    {
        var orders = new ShopOrders();
        orders._service = await StubService.StartAsync(orders.Map);
        return orders;
    }

    public TestOrder this[long id]
    {
        get
        {
            lock (_lock)
            {
                return _orders[id];
            }
        }
    }

    /// <summary>Places an order, and tells of it.</summary>
    public TestOrder Place(
        PaymentMethod method = PaymentMethod.BankTransfer,
        long price = 30_000,
        long? userId = null,
        DateTime? at = null,
        bool tell = true,
        string? traceParent = null
    )
    {
        lock (_lock)
        {
            var id = PaymentShop.NewId();
            var now = at ?? DateTime.UtcNow;
            var order = new TestOrder(
                id,
                $"20261123-ORDER{id}",
                userId ?? PaymentShop.NewId(),
                OrderStatus.Pending,
                price,
                method,
                method == PaymentMethod.BankTransfer ? "홍길동" : null,
                now.AddDays(3),
                Held: false,
                PaymentId: null,
                now,
                now
            );
            _orders[id] = order;
            if (tell)
            {
                Tell(
                    order,
                    "ORDER_PLACED",
                    new
                    {
                        order.UserId,
                        order.TotalPrice,
                        order.PaymentMethod,
                        order.DepositorName,
                        order.PayBy,
                    },
                    traceParent
                );
            }

            return order;
        }
    }

    /// <summary>Moves an order, and tells of it.</summary>
    public TestOrder Move(
        long id,
        OrderStatus to,
        PaymentActor actor = PaymentActor.Admin,
        long? userId = 77,
        string? reason = null,
        bool tell = true,
        string? traceParent = null,
        DateTime? at = null,
        string? byHand = null
    )
    {
        lock (_lock)
        {
            var from = _orders[id].Status;
            var order = _orders[id] with { Status = to, UpdatedAt = at ?? DateTime.UtcNow, ByHand = byHand };
            _orders[id] = order;
            if (tell)
            {
                Tell(
                    order,
                    "ORDER_STATUS_CHANGED",
                    new
                    {
                        From = from,
                        To = to,
                        Actor = actor,
                        UserId = userId,
                        Reason = reason,
                        order.PaymentId,
                    },
                    traceParent
                );
            }

            return order;
        }
    }

    /// <summary>
    /// Tells of something else that has happened to an order, in whatever words: those of a release to come, say.
    /// </summary>
    public void Tell(TestOrder order, string type, JsonNode? data)
    {
        _service.IsDocumented = false;
        lock (_lock)
        {
            Tell(order, type, data, traceParent: null);
        }
    }

    /// <summary>Holds an order, for a card that may be charged.</summary>
    public void Hold(long id)
    {
        lock (_lock)
        {
            _orders[id] = _orders[id] with { Held = true };
        }
    }

    /// <summary>Forgets an order.</summary>
    public void Remove(long id)
    {
        lock (_lock)
        {
            _orders.Remove(id);
        }
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private void Tell(TestOrder order, string type, object? data, string? traceParent) =>
        _events.Add(
            new
            {
                Position = _events.Count + 1L,
                Type = type,
                OrderId = order.Id,
                order.OrderNumber,
                OccurredAt = DateTime.UtcNow,
                TraceParent = traceParent,
                Data = JsonSerializer.SerializeToElement(data, ShopJson.Options),
            }
        );

    private void Map(WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                if (IsAway)
                {
                    context.Abort();
                    return Task.CompletedTask;
                }

                return context.Request.Headers.Authorization.Count == 0
                    ? Results.Unauthorized().ExecuteAsync(context)
                    : next(context);
            }
        );
        app.MapGet(
            "/internal/orders/events",
            (long after, int limit) =>
            {
                lock (_lock)
                {
                    var events = FeedStandsStill ? [] : _events.Skip((int)after).Take(limit).ToList();
                    return Json(new { Events = events, Last = after + events.Count });
                }
            }
        );
        app.MapGet(
            "/internal/orders",
            (DateTime from, DateTime to, long after, int limit) =>
            {
                lock (_lock)
                {
                    var (low, high) = (from.ToUniversalTime(), to.ToUniversalTime());
                    var page = _orders
                        .Values.Where(order => order.Id > after && order.CreatedAt >= low && order.CreatedAt < high)
                        .OrderBy(order => order.Id)
                        .Take(limit)
                        .ToList();
                    return Json(new { Orders = page, Last = page.LastOrDefault()?.Id ?? after });
                }
            }
        );
        app.MapGet("/internal/orders/by-id/{id:long}", (long id) => Find(order => order.Id == id));
        app.MapGet("/internal/orders/{number}", (string number) => Find(order => order.OrderNumber == number));
        app.MapPost("/internal/orders/{number}/release", () => Results.NoContent());
        app.MapPost("/internal/orders/{number}/paid", (string number, JsonElement body) => Pay(number, body));
        app.MapPost("/internal/orders/{number}/refund", (string number, JsonElement body) => Refund(number, body));
        app.MapPost("/internal/orders/{number}/deposit", (string number, JsonElement body) => See(number, body));
        app.MapPost(
            "/internal/orders/{number}/deposit/undo",
            (string number, JsonElement body) => Forget(number, body)
        );
    }

    private IResult Find(Func<TestOrder, bool> isMeant)
    {
        TestOrder? order;
        lock (_lock)
        {
            order = _orders.Values.FirstOrDefault(isMeant);
        }

        if (order is null)
        {
            return Results.Problem(statusCode: 404);
        }

        AfterRead?.Invoke(order.Id);
        return Json(order);
    }

    private IResult Pay(string number, JsonElement body)
    {
        lock (_lock)
        {
            PaidCalls++;
            var order = _orders.Values.First(order => order.OrderNumber == number);
            var paymentId = body.GetProperty("paymentId").GetInt64();
            if (order.Status == OrderStatus.Cancelled)
            {
                return Refuse("order_closed");
            }

            if (order.PaymentId is { } other && other != paymentId)
            {
                return Refuse("already_paid");
            }

            _orders[order.Id] = order with { PaymentId = paymentId };
            return Json(
                order.Status == OrderStatus.Pending
                    ? Move(
                        order.Id,
                        OrderStatus.Confirmed,
                        Enum.Parse<PaymentActor>(body.GetProperty("actor").GetString()!, ignoreCase: true)
                    )
                    : order
            );
        }
    }

    private IResult Refund(string number, JsonElement body)
    {
        lock (_lock)
        {
            RefundCalls++;
            if (IsOlder || _orders.Values.FirstOrDefault(order => order.OrderNumber == number) is not { } order)
            {
                return Results.Problem(statusCode: 404);
            }

            var isPaidOtherwise = order.PaymentId is { } paid && paid != body.GetProperty("paymentId").GetInt64();
            return Json(
                !isPaidOtherwise && order.Status is OrderStatus.Pending or OrderStatus.Confirmed
                    ? Move(
                        order.Id,
                        OrderStatus.Cancelled,
                        Enum.Parse<PaymentActor>(body.GetProperty("actor").GetString()!, ignoreCase: true),
                        body.TryGetProperty("userId", out var userId) ? userId.GetInt64() : null,
                        body.GetProperty("reason").GetString()
                    )
                    : order
            );
        }
    }

    private IResult See(string number, JsonElement body)
    {
        TestOrder order;
        lock (_lock)
        {
            if (IsOlder)
            {
                return Results.Problem(statusCode: 404);
            }

            order = _orders.Values.First(order => order.OrderNumber == number);
            if (order.Status == OrderStatus.Cancelled)
            {
                return Refuse("order_not_payable");
            }

            _orders[order.Id] = order with { DepositSeenAt = body.GetProperty("seenAt").GetDateTime() };
        }

        AfterSeen?.Invoke(order.Id);
        return Json(order);
    }

    private IResult Forget(string number, JsonElement body)
    {
        lock (_lock)
        {
            if (IsOlder)
            {
                return Results.Problem(statusCode: 404);
            }

            var order = _orders.Values.First(order => order.OrderNumber == number);
            if (order.DepositSeenAt == body.GetProperty("seenAt").GetDateTime())
            {
                _orders[order.Id] = order with { DepositSeenAt = null };
            }

            return Results.NoContent();
        }
    }

    private static IResult Refuse(string code) =>
        Results.Problem(statusCode: 409, extensions: new Dictionary<string, object?> { ["code"] = code });

    private static IResult Json<T>(T value) => Results.Json(value, ShopJson.Options);
}
