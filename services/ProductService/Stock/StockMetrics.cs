using System.Diagnostics.Metrics;

namespace MsaShop.ProductService.Stock;

internal sealed class StockMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _conflicts = meters
        .Create("MsaShop.Products")
        .CreateCounter<long>("msashop.stock.conflicts", "{line}", "Order lines that wanted more than there was.");

    public void Conflict(int lines) => _conflicts.Add(lines);
}
