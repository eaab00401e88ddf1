using System.Net;
using MsaShop.EndToEnd.Tests.Crashes;

namespace MsaShop.EndToEnd.Tests.Payments;

/// <summary>Giving money back: as much as was asked for, once.</summary>
[Collection(CrashCollection.Name)]
public sealed class RefundTests(CrashFixture shop)
{
    [Theory]
    [InlineData("drop-response-after-approve")]
    [InlineData("drop-response-before-approve")]
    [InlineData("error-after-approve")]
    [InlineData("error-once")]
    public async Task A_refund_is_made_once_whatever_becomes_of_the_answer(string fault)
    {
        var scenario = await Scenario.PaidAsync(shop);
        await shop.Toss.AddFaultAsync(fault, "cancel", scenario.OrderNumber);

        var first = await scenario.RefundAsync(7_000);

        Assert.InRange((int)first.Status, 200, 299);
        await shop.SettleAndCheckAsync();
        await scenario.RefundAsync(7_000);
        await shop.SettleAndCheckAsync();
        Assert.Equal(7_000, (await scenario.PaymentAsync()).GetProperty("refundedAmount").GetDecimal());
        Assert.Equal(7_000, Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber)).RefundedAmount);
    }

    [Fact]
    public async Task Ten_refunds_of_the_whole_at_once_give_it_back_once()
    {
        var scenario = await Scenario.PaidAsync(shop);
        var admin = await shop.AdminAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ =>
                    admin.SendAsync(
                        HttpMethod.Post,
                        $"/api/payments/{scenario.PaymentId}/refund",
                        new { reason = "Broken" }
                    )
                )
        );

        Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
        await shop.SettleAndCheckAsync();
        Assert.Equal("REFUNDED", (await scenario.PaymentAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_cancel_of_a_paid_order_and_a_refund_in_part_give_back_the_whole_once()
    {
        var scenario = await Scenario.PaidAsync(shop);

        await Task.WhenAll(scenario.RefundAsync(7_000), scenario.CancelAsync());

        await shop.SettleAndCheckAsync();
        Assert.Equal("CANCELLED", await scenario.OrderStatusAsync());
        Assert.Equal("REFUNDED", (await scenario.PaymentAsync()).GetProperty("status").GetString());
        Assert.Equal(0, Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber)).BalanceAmount);
    }
}
