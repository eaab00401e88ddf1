using MsaShop.OrderService.Placing;

namespace MsaShop.OrderService.Tests;

public class OrderNumberTests
{
    private static readonly DateTime s_day = new(2026, 11, 22, 23, 59, 0, DateTimeKind.Utc);

    [Fact]
    public void Has_the_day_and_twenty_letters_that_Toss_takes() =>
        Assert.Matches("^20261122-[0-9A-Z]{20}$", OrderNumber.Create(s_day));

    [Fact]
    public void Never_comes_twice()
    {
        var numbers = Enumerable.Range(0, 10_000).Select(_ => OrderNumber.Create(s_day)).ToHashSet();

        Assert.Equal(10_000, numbers.Count);
    }
}
