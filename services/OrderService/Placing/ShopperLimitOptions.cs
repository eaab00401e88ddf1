using System.ComponentModel.DataAnnotations;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

/// <summary>The configuration section <c>ShopperLimits</c>: how much a shopper may reserve without having paid.</summary>
public sealed class ShopperLimitOptions
{
    /// <summary>The most unpaid orders at once.</summary>
    [Range(1, 100_000)]
    public int UnpaidOrders { get; init; } = 10;

    /// <summary>The most units of a product in unpaid orders.</summary>
    [Range(1, 10_000_000)]
    public int UnpaidUnits { get; init; } = 100;

    /// <returns>The refusal if these lines would be too much; null if not.</returns>
    internal IResult? Judge(IReadOnlyList<StockLine> lines, UnpaidGoods unpaid)
    {
        if (unpaid.Count >= UnpaidOrders)
        {
            return PlacingAnswers.TooManyUnpaidOrders(unpaid.Count, UnpaidOrders);
        }

        var tooMany = lines
            .Select(line => new TooManyUnits(line.ProductId, line.Quantity, unpaid.UnitsOf(line.ProductId)))
            .Where(product => product.Requested + product.Unpaid > UnpaidUnits)
            .ToList();
        return tooMany.Count > 0 ? PlacingAnswers.TooManyUnits(tooMany, UnpaidUnits) : null;
    }
}

/// <summary>A product of which a shopper would have too many unpaid.</summary>
/// <param name="Requested">The units in this order.</param>
/// <param name="Unpaid">The units in unpaid orders already.</param>
public sealed record TooManyUnits(long ProductId, int Requested, long Unpaid);
