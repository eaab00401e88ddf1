using MsaShop.Data;

namespace MsaShop.ServiceDefaults.Tests.Text;

public class SearchTextTests
{
    [Theory]
    [InlineData("261122-7K2M9QX4T8WNB3CD", true)]
    [InlineData("20261122-7K2M9QX4T8WNB3CDHJ5V", true)]
    [InlineData(" 261122-7k2m9qx4t8wnb3cd\n", true)]
    [InlineData("２６１１２２－７Ｋ２Ｍ９ＱＸ４Ｔ８ＷＮＢ３ＣＤ", true)]
    [InlineData("20261122-7K2M9QX4T8WNB3CD", false)]
    [InlineData("261122-7K2M9QX4T8WNB3CD 261122", false)]
    [InlineData("주문", false)]
    public void A_whole_order_number_is_one_in_any_case_and_width(string text, bool isWhole) =>
        Assert.Equal(isWhole, new SearchText(text).IsWholeOrderNumber);

    [Theory]
    [InlineData("32,500", 32_500L)]
    [InlineData("３２，５００", 32_500L)]
    [InlineData("-1", null)]
    [InlineData("1e3", null)]
    [InlineData("99999999999999999999", null)]
    public void An_amount_is_one_in_any_width(string text, long? amount) =>
        Assert.Equal(amount, new SearchText(text).Number);

    [Fact]
    public void No_text_is_too_odd_to_be_looked_for() => Assert.Equal("\ufffd", new SearchText("\ud800").Folded);
}
