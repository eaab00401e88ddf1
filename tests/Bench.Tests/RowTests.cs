using MsaShop.Bench.Benchmarks;
using MsaShop.Bench.Measuring;

namespace MsaShop.Bench.Tests;

public sealed class RowTests
{
    [Theory]
    [InlineData(50, "0.50", 1.25, true)]
    [InlineData(40, "0.40", 1, true)]
    [InlineData(20, "0.20", 0.5, false)]
    public void A_rate_is_held_against_that_of_its_peer(double rate, string result, double share, bool reached)
    {
        var row = Row.OfRates("list", "floor", Series(rate), Series(100), goal: 0.4);

        Assert.Equal((result, "≥ 0.40"), (row.Result, row.Goal));
        Assert.Equal(share, row.Share, precision: 10);
        Assert.Equal(reached, row.Reached);
        Assert.Equal("100/s (100–100), p50 1.5 ms, p99 20.25 ms", row.Peer);
    }

    [Theory]
    [InlineData(4, "4 ms", 2, true)]
    [InlineData(8, "8 ms", 1, true)]
    [InlineData(16.125, "16.13 ms", 8 / 16.125, false)]
    public void A_cost_is_to_stay_below_its_limit(double value, string result, double share, bool reached)
    {
        var row = Row.Below("order", "", "cost of 10 orders", value, limit: 8, "ms");

        Assert.Equal((result, "≤ 8 ms", ""), (row.Result, row.Goal, row.Peer));
        Assert.Equal(share, row.Share, precision: 10);
        Assert.Equal(reached, row.Reached);
    }

    private static Series Series(double rate) =>
        new("", [new Sample(rate, TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(20.25), 1000)]);
}
