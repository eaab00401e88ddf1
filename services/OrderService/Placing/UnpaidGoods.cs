using System.Text.Json;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

/// <summary>What a shopper has ordered and not paid, including orders just being placed.</summary>
internal sealed class UnpaidGoods
{
    private readonly HashSet<long> _orders = [];
    private readonly Dictionary<long, long> _units = [];
    private readonly int _running;

    private UnpaidGoods(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            if (row.OrderId is { } order)
            {
                _orders.Add(order);
                Add(row.ProductId!.Value, row.Quantity);
            }
            else
            {
                _running++;
                foreach (var (product, quantity) in Parse(row.Wanted!))
                {
                    Add(product, quantity);
                }
            }
        }
    }

    public int Count => _orders.Count + _running;

    public long UnitsOf(long productId) => _units.GetValueOrDefault(productId);

    /// <summary>The format of <see cref="OrderPlacement.Wanted"/>.</summary>
    internal static string Write(IReadOnlyList<StockLine> lines) =>
        JsonSerializer.Serialize(lines.ToDictionary(line => line.ProductId, line => line.Quantity));

    /// <summary>Parses the rows that <see cref="PlacementStore"/> reads.</summary>
    internal static (bool Inserted, UnpaidGoods Unpaid) Of(IReadOnlyList<Row> rows)
    {
        var isAboutInsert = rows.ToLookup(row => row is { OrderId: null, Wanted: null });
        return (isAboutInsert[true].Single().Quantity == 1, new UnpaidGoods(isAboutInsert[false]));
    }

    // An older release's placement counts as an order of unknown products.
    private static Dictionary<long, int> Parse(string wanted) =>
        wanted.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<long, int>>(wanted)!;

    private void Add(long productId, int quantity) =>
        _units[productId] = _units.GetValueOrDefault(productId) + quantity;

    /// <summary>A line of an order, a placement's wanted products, or the number of rows inserted.</summary>
    internal sealed record Row(long? OrderId, long? ProductId, int Quantity, string? Wanted);
}
