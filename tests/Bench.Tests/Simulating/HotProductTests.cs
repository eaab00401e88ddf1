using MsaShop.Bench.Simulating;

namespace MsaShop.Bench.Tests.Simulating;

public sealed class HotProductTests
{
    private static readonly TakeCosts s_costs = new(Work: 1, Hold: 2, RefusalHold: 0.5, Cores: 2, Connections: 30);

    private static readonly StockDesign s_oneRow = new("one row");

    [Fact]
    public void A_row_is_one_buyer_s_at_a_time()
    {
        var outcome = HotProduct.Sell(buyers: 10, units: 10, s_costs, s_oneRow);

        // The first has its work done after 1 ms; from then on the row is never free.
        Assert.Equal(new SaleOutcome(10, SoldOutAfter: 21, AllAnsweredAfter: 21, Median: 12), outcome);
    }

    [Fact]
    public void Who_finds_nothing_left_keeps_the_row_for_a_refusal_only()
    {
        var outcome = HotProduct.Sell(buyers: 12, units: 10, s_costs, s_oneRow);

        Assert.Equal((10, 21, 22), (outcome.Sold, outcome.SoldOutAfter, outcome.AllAnsweredAfter));
    }

    [Fact]
    public void Buckets_are_waited_for_side_by_side_until_the_cores_are_what_is_short()
    {
        var outcome = HotProduct.Sell(buyers: 100, units: 100, s_costs, s_oneRow with { Buckets = 10 });

        // 100 ms of work on two cores, and the last hold.
        Assert.Equal((100, 52), (outcome.Sold, outcome.AllAnsweredAfter));
    }

    [Theory]
    [InlineData(1, 1, false, false)]
    [InlineData(1, 1, true, false)]
    [InlineData(7, 1, false, false)]
    [InlineData(7, 3, true, false)]
    [InlineData(1, 20, true, false)]
    [InlineData(1, 20, false, true)]
    public void Every_design_sells_all_that_there_is_and_no_more(int buckets, int group, bool refuses, bool tokens)
    {
        var design = new StockDesign("", buckets, group, refuses, tokens);

        Assert.Equal(23, HotProduct.Sell(buyers: 500, units: 23, s_costs, design).Sold);
        Assert.Equal(23, HotProduct.Sell(buyers: 23, units: 500, s_costs, design).Sold);
    }
}
