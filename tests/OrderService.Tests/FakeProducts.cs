using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>product-svc, as far as orders can tell: stock in memory, taken and returned by order number.</summary>
internal sealed class FakeProducts : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Product> _products = [];
    private readonly Dictionary<string, Line[]> _taken = [];
    private readonly HashSet<string> _closed = [];
    private readonly Channel<string> _returns = Channel.CreateUnbounded<string>();
    private long _nextId;
    private StubService? _stub;

    /// <summary>The products, with the stock that is left.</summary>
    internal sealed record Product(string Name, decimal Price, int Stock);

    private sealed record Line(long ProductId, int Quantity);

    private sealed record StockRequest(string OrderNumber, Line[]? Items, long? ExpectedTotal, long? LeastTotal);

    /// <summary>What is done before each take; null for nothing.</summary>
    public Func<Task>? BeforeTake { get; set; }

    /// <summary>What is done after each take, before it is answered; null for nothing.</summary>
    public Func<Task>? AfterTake { get; set; }

    /// <summary>What is done before each return; null for nothing.</summary>
    public Func<Task>? BeforeReturn { get; set; }

    /// <summary>The order numbers of all takes, repetitions included.</summary>
    public ConcurrentQueue<string> Takes { get; } = new();

    public Uri Address => _stub!.Address;

    public static async Task<FakeProducts> StartAsync()
    {
        var products = new FakeProducts();
        products._stub = await StubService.StartAsync(app =>
        {
            app.MapPost("/internal/stock/take", products.TakeAsync);
            app.MapPost("/internal/stock/return", products.ReturnAsync);
        });
        return products;
    }

    public long Add(string name, decimal price, int stock = 100)
    {
        lock (_lock)
        {
            _products[++_nextId] = new Product(name, price, stock);
            return _nextId;
        }
    }

    public void Reprice(long productId, decimal price)
    {
        lock (_lock)
        {
            _products[productId] = _products[productId] with { Price = price };
        }
    }

    public int StockOf(long productId)
    {
        lock (_lock)
        {
            return _products[productId].Stock;
        }
    }

    /// <summary>Forgets what was to be done before and after.</summary>
    public void Reset() => (BeforeTake, AfterTake, BeforeReturn) = (null, null, null);

    /// <summary>Takes stock as if order-svc had asked for it.</summary>
    public void TakeFor(string orderNumber, long productId, int quantity) =>
        Take(orderNumber, [new Line(productId, quantity)]);

    /// <summary>Waits until an order's stock has come back.</summary>
    public async Task WaitForReturnAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _returns.Reader.ReadAsync(timeout.Token);
    }

    public ValueTask DisposeAsync() => _stub!.DisposeAsync();

    private async Task<IResult> TakeAsync(StockRequest request, HttpContext context)
    {
        Assert.StartsWith("Bearer ", context.Request.Headers.Authorization.ToString(), StringComparison.Ordinal);
        Takes.Enqueue(request.OrderNumber);
        await (BeforeTake?.Invoke() ?? Task.CompletedTask);
        var answer = Take(request.OrderNumber, request.Items!, request.ExpectedTotal, request.LeastTotal);
        await (AfterTake?.Invoke() ?? Task.CompletedTask);
        return answer;
    }

    private IResult Take(string orderNumber, Line[] lines, long? expectedTotal = null, long? leastTotal = null)
    {
        lock (_lock)
        {
            if (_closed.Contains(orderNumber))
            {
                return Problems.Conflict("order_closed", "The order is over.");
            }

            if (lines.Where(line => !_products.ContainsKey(line.ProductId)).ToArray() is { Length: > 0 } unknown)
            {
                return Problems.Unprocessable(
                    "unknown_product",
                    "Unknown.",
                    new Dictionary<string, object?> { ["productIds"] = unknown.Select(line => line.ProductId) }
                );
            }

            var items = lines
                .Select(line => new
                {
                    productId = line.ProductId,
                    name = _products[line.ProductId].Name,
                    price = _products[line.ProductId].Price,
                    quantity = line.Quantity,
                    left = _products[line.ProductId].Stock - line.Quantity,
                })
                .ToArray();
            if (_taken.TryAdd(orderNumber, lines))
            {
                var shortages = lines.Where(line => _products[line.ProductId].Stock < line.Quantity).ToArray();
                if (shortages.Length > 0)
                {
                    _taken.Remove(orderNumber);
                    return Problems.Conflict(
                        "out_of_stock",
                        "Too few.",
                        new Dictionary<string, object?>
                        {
                            ["items"] = shortages.Select(line => new
                            {
                                productId = line.ProductId,
                                requested = line.Quantity,
                                available = _products[line.ProductId].Stock,
                            }),
                        }
                    );
                }

                if (expectedTotal is { } total && total != items.Sum(item => item.price * item.quantity))
                {
                    _taken.Remove(orderNumber);
                    return Problems.Conflict(
                        "price_changed",
                        "Other prices.",
                        new Dictionary<string, object?> { ["items"] = items }
                    );
                }

                if (leastTotal > items.Sum(item => item.price * item.quantity))
                {
                    _taken.Remove(orderNumber);
                    return Problems.Unprocessable(
                        "total_too_small",
                        "Too little.",
                        new Dictionary<string, object?> { ["items"] = items }
                    );
                }

                Move(lines, -1);
            }

            return Results.Json(new { items });
        }
    }

    private async Task<IResult> ReturnAsync(StockRequest request)
    {
        await (BeforeReturn?.Invoke() ?? Task.CompletedTask);
        lock (_lock)
        {
            if (_closed.Add(request.OrderNumber) && _taken.TryGetValue(request.OrderNumber, out var lines))
            {
                Move(lines, +1);
            }
        }

        _returns.Writer.TryWrite(request.OrderNumber);
        return Results.NoContent();
    }

    private void Move(Line[] lines, int sign)
    {
        foreach (var line in lines)
        {
            var product = _products[line.ProductId];
            _products[line.ProductId] = product with { Stock = product.Stock + sign * line.Quantity };
        }
    }
}
