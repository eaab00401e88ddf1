using MsaShop.OrderService.Placing;

namespace MsaShop.OrderService.Tests;

public class OrderNumberTests
{
    private static readonly DateTime s_night = new(2026, 11, 22, 17, 34, 0, DateTimeKind.Utc);

    /// <summary>Each of the sixteen letters is one of 32: eighty bits.</summary>
    [Fact]
    public void Has_the_shop_s_day_and_sixteen_letters_that_Toss_takes() =>
        Assert.Matches("^261123-[0-9A-HJKMNP-TV-Z]{16}$", OrderNumber.Create(s_night));

    [Theory]
    [InlineData("2026-11-22T14:59:59.999Z", "261122-")]
    [InlineData("2026-11-22T15:00:00Z", "261123-")]
    public void The_day_begins_at_midnight_in_Seoul(string time, string day) =>
        Assert.StartsWith(
            day,
            OrderNumber.Create(
                DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime
            )
        );

    [Fact]
    public void Never_comes_twice()
    {
        var numbers = Enumerable.Range(0, 10_000).Select(_ => OrderNumber.Create(s_night)).ToHashSet();

        Assert.Equal(10_000, numbers.Count);
    }
}
