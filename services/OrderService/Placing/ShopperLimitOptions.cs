using System.ComponentModel.DataAnnotations;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// How much one shopper may keep from all others without having paid; the configuration section <c>ShopperLimits</c>.
/// </summary>
public sealed class ShopperLimitOptions
{
    /// <summary>How many orders may be unpaid at once.</summary>
    [Range(1, 100_000)]
    public int UnpaidOrders { get; init; } = 10;

    /// <summary>How many units of one product may be in them.</summary>
    [Range(1, 10_000_000)]
    public int UnpaidUnits { get; init; } = 100;

    /// <summary>Why an order with these lines would be too much; null if it is not.</summary>
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
/// <param name="ProductId">The product's id.</param>
/// <param name="Requested">How many are wanted.</param>
/// <param name="Unpaid">How many are in unpaid orders already.</param>
public sealed record TooManyUnits(long ProductId, int Requested, long Unpaid);
