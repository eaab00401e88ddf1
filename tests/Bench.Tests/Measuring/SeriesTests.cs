using MsaShop.Bench.Measuring;

namespace MsaShop.Bench.Tests.Measuring;

public sealed class SeriesTests
{
    [Fact]
    public void One_wild_round_does_not_move_the_medians()
    {
        var series = new Series("gateway", [Of(100, 10, 20), Of(9000, 1, 2), Of(110, 11, 19)]);

        Assert.Equal(110, series.Rate);
        Assert.Equal((100, 9000), series.Spread);
        Assert.Equal(TimeSpan.FromMilliseconds(10), series.Time);
        Assert.Equal(TimeSpan.FromMilliseconds(19), series.P99);
    }

    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 2, 9 }, 3)]
    public void The_median_is_the_middle_or_between_the_two_in_the_middle(double[] numbers, double median) =>
        Assert.Equal(median, numbers.MedianOf());

    [Fact]
    public async Task Contenders_take_turns_and_their_warm_up_does_not_count()
    {
        var turns = new List<string>();

        var series = await SideBySide.RunAsync(2, Contender("a", 1), Contender("b", 2));

        Assert.Equal(["a", "b"], turns.Take(2));
        Assert.Equal(turns.Chunk(2).First(), turns.Chunk(2).Last());
        Assert.Equal(["a", "b"], series.Select(one => one.Name));
        Assert.All(series, one => Assert.Equal(2, one.Samples.Count));
        Assert.DoesNotContain(series.SelectMany(one => one.Samples), sample => sample.Rate < 10);

        Contender Contender(string name, int rate) =>
            new(
                name,
                () =>
                {
                    turns.Add(name);
                    // The first two times it is slow.
                    var isWarm = turns.Count(turn => turn == name) > 2;
                    return Task.FromResult(Of(isWarm ? rate * 10 : rate, 1, 1));
                }
            );
    }

    private static Sample Of(double rate, int median, int p99) =>
        new(rate, TimeSpan.FromMilliseconds(median), TimeSpan.FromMilliseconds(p99), 1000);
}
