using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Tests;

public class StockDecisionsTests
{
    private static readonly LockedStock s_mug = new(1, "머그컵", 10_000, Stock: 5, ProductStatus.Available);
    private static readonly LockedStock s_gone = new(2, "단종", 5_000, Stock: 5, ProductStatus.Discontinued);

    /// <summary>How many of the mug and of the discontinued product are wanted at what total, and what comes of it.</summary>
    public static TheoryData<int, int, int?, int?, string> Wishes { get; } =
        new()
        {
            { 5, 0, null, null, "Taken" },
            { 6, 0, null, null, "OutOfStock" },
            { 1, 1, null, null, "OutOfStock" },
            { 2, 0, 20_000, null, "Taken" },
            { 2, 0, 19_000, null, "PriceChanged" },
            { 2, 0, 21_000, null, "PriceChanged" },
            { 1, 0, null, 10_000, "Taken" },
            { 1, 0, null, 10_001, "TotalTooSmall" },
            { 6, 0, 1, null, "OutOfStock" },
        };

    [Theory]
    [MemberData(nameof(Wishes))]
    public void An_order_gets_all_that_it_wants_or_nothing(int mugs, int gone, int? total, int? least, string expected)
    {
        var quantities = new Dictionary<long, int> { [1] = mugs, [2] = gone }
            .Where(wanted => wanted.Value > 0)
            .ToDictionary();

        var outcome = StockDecisions.Take(
            "261122-7K2M9QX4T8WNB3CD",
            new StockWish(quantities, total, least),
            [.. new[] { s_mug, s_gone }.Where(product => quantities.ContainsKey(product.Id))]
        );

        Assert.Equal(expected, outcome.GetType().Name);
        if (outcome is TakeOutcome.Taken taken)
        {
            Assert.Equal(5 - mugs, taken.Left[1]);
            Assert.Equal((mugs, 10_000m), (taken.Lines[0].Quantity, taken.Lines[0].Price));
        }
    }

    [Fact]
    public void What_does_not_exist_is_named()
    {
        var wish = new StockWish(
            new Dictionary<long, int>
            {
                [9] = 1,
                [1] = 1,
                [3] = 1,
            }
        );

        var outcome = StockDecisions.Take("261122-7K2M9QX4T8WNB3CD", wish, [s_mug]);

        Assert.Equal([3, 9], Assert.IsType<TakeOutcome.UnknownProduct>(outcome).ProductIds);
    }

    [Fact]
    public void What_was_taken_goes_back_once_and_a_return_closes_the_number()
    {
        Assert.Equal(ReturnDecision.GiveBack, StockDecisions.Return(StockReservationStatus.Taken));
        Assert.Equal(ReturnDecision.Nothing, StockDecisions.Return(StockReservationStatus.Returned));
        Assert.Equal(ReturnDecision.Close, StockDecisions.Return(reservation: null));
    }
}
