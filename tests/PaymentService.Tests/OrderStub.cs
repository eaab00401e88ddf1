using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>An order of the stub's.</summary>
public sealed class StubOrder
{
    public required long Id { get; init; }

    public required string Number { get; init; }

    public required long UserId { get; init; }

    public required long Total { get; init; }

    public string Method { get; init; } = "CARD";

    public string Status { get; set; } = "PENDING";

    public bool Held { get; set; }

    /// <summary>The last attempt that held it or let it go.</summary>
    public long? Attempt { get; set; }

    public bool IsLate { get; set; }

    public long? PaymentId { get; set; }

    public int Releases { get; set; }
}

/// <summary>order-svc, as far as payment-svc sees it: orders that are held, released, paid, closed; and that fail.</summary>
public sealed class OrderStub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StubOrder> _orders = new();
    private readonly ConcurrentDictionary<(string Number, string Step), bool> _failures = new();
    private StubService _service = null!;

    /// <summary>Whether it is of the first release, which does not tell of held orders.</summary>
    public bool IsOfFirstRelease { get; set; }

    public Uri Address => _service.Address;

    /// <summary>Happens before an order is held, while whoever wants that waits; null for nothing.</summary>
    public Func<StubOrder, Task>? BeforeHold { get; set; }

    public static async Task<OrderStub> StartAsync()
    {
        var stub = new OrderStub();
        stub._service = await StubService.StartAsync(app =>
        {
            app.MapGet("/internal/orders/events", () => Results.Json(new { events = Array.Empty<object>(), last = 0 }));
            app.MapGet("/internal/orders/held", (long after, int limit) => stub.ListHeld(after, limit));
            app.MapGet("/internal/orders/by-id/{id:long}", (long id) => stub.Show(o => o.Id == id, "find"));
            app.MapGet("/internal/orders/{number}", (string number) => stub.Show(o => o.Number == number, "find"));
            app.MapPost(
                "/internal/orders/{number}/hold",
                async (string number, long attempt) =>
                {
                    await (stub.BeforeHold?.Invoke(stub._orders[number]) ?? Task.CompletedTask);
                    return stub.Change(number, "hold", order => Hold(order, attempt));
                }
            );
            app.MapPost(
                "/internal/orders/{number}/release",
                (string number, long? attempt) => stub.Change(number, "release", order => Release(order, attempt))
            );
            app.MapPost(
                "/internal/orders/{number}/paid",
                (string number, JsonElement body) => stub.Change(number, "paid", order => Pay(order, body))
            );
            app.MapPost("/internal/orders/{number}/refund", (string number) => stub.Change(number, "refund", Refund));
        });
        return stub;
    }

    public StubOrder Add(long userId, long total = 32_500, string method = "CARD")
    {
        var id = PaymentShop.NewId();
        var order = new StubOrder
        {
            Id = id,
            Number = $"20261123-CARD{id.ToString(CultureInfo.InvariantCulture)}",
            UserId = userId,
            Total = total,
            Method = method,
        };
        _orders[order.Number] = order;
        return order;
    }

    /// <summary>Has requests of this kind about the order fail: find, hold, release or paid.</summary>
    public void Fail(StubOrder order, string step) => _failures[(order.Number, step)] = true;

    /// <summary>Has it work again.</summary>
    public void Mend(StubOrder order) =>
        _failures
            .Keys.Where(key => key.Number == order.Number)
            .ToList()
            .ForEach(key => _failures.TryRemove(key, out _));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private IResult Show(Func<StubOrder, bool> isMeant, string step) =>
        _orders.Values.SingleOrDefault(isMeant) is { } order
            ? Change(order.Number, step, Describe)
            : Results.NotFound();

    private IResult Change(string number, string step, Func<StubOrder, IResult> change)
    {
        if (!_orders.TryGetValue(number, out var order))
        {
            return Results.NotFound();
        }

        lock (order)
        {
            if (_failures.ContainsKey((number, step)))
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            return change(order);
        }
    }

    private static IResult Describe(StubOrder order) =>
        Results.Json(
            new
            {
                order.Id,
                OrderNumber = order.Number,
                order.UserId,
                order.Status,
                TotalPrice = order.Total,
                PaymentMethod = order.Method,
                PayBy = DateTime.UtcNow.AddMinutes(order.IsLate ? -1 : 30),
                order.Held,
                CreatedAt = DateTime.UtcNow,
                UpdatedAt = DateTime.UtcNow,
            }
        );

    private IResult ListHeld(long after, int limit) =>
        IsOfFirstRelease
            ? Results.NotFound()
            : Results.Json(
                new
                {
                    orders = _orders
                        .Values.Where(order => order.Held && order.Id > after)
                        .OrderBy(order => order.Id)
                        .Take(limit)
                        .Select(order => new
                        {
                            order.Id,
                            OrderNumber = order.Number,
                            order.Attempt,
                            Since = DateTime.UtcNow,
                        }),
                }
            );

    private static IResult Hold(StubOrder order, long attempt)
    {
        var isLate = attempt < order.Attempt || (attempt == order.Attempt && !order.Held);
        if (order.Status != "PENDING" || isLate || (order.IsLate && !order.Held))
        {
            return Refuse("order_not_payable");
        }

        (order.Held, order.Attempt) = (true, attempt);
        return Describe(order);
    }

    private static IResult Release(StubOrder order, long? attempt)
    {
        if (attempt is null || order.Attempt is null || attempt >= order.Attempt)
        {
            (order.Held, order.Attempt) = (false, attempt ?? order.Attempt);
        }

        order.Releases++;
        return Results.NoContent();
    }

    private static IResult Pay(StubOrder order, JsonElement body)
    {
        var paymentId = body.GetProperty("paymentId").GetInt64();
        switch (order.Status)
        {
            case "CANCELLED":
                return Refuse("order_closed");
            case not "PENDING" when order.PaymentId is { } other && other != paymentId:
                return Refuse("already_paid");
        }

        if (body.GetProperty("amount").GetInt64() != order.Total)
        {
            return Refuse("amount_mismatch");
        }

        (order.Status, order.Held, order.PaymentId) = ("CONFIRMED", false, paymentId);
        return Describe(order);
    }

    private static IResult Refund(StubOrder order)
    {
        if (order.Status is "PENDING" or "CONFIRMED")
        {
            (order.Status, order.Held) = ("CANCELLED", false);
        }

        return Describe(order);
    }

    private static IResult Refuse(string code) =>
        Results.Json(new { code, status = 409 }, statusCode: StatusCodes.Status409Conflict);
}
