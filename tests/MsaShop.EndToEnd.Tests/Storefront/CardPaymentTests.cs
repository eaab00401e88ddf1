using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>A card payment that does not go as it should is explained, costs nothing, and has a way on.</summary>
[Collection(ShopCollection.Name)]
public sealed class CardPaymentTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    [Fact]
    public Task A_card_that_is_refused_costs_nothing_and_another_one_pays() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var total = await OrderAsync(visit);
                var order = await visit.OrderAsync();
                visit.Problems.Announce("^answer: POST /api/payments/confirm 422$");
                await visit.TossWindow().GetByText("테스트 도구").ClickAsync();
                await visit.TossWindow().GetByLabel("카드사 승인 결과").SelectOptionAsync("REJECT_CARD_PAYMENT");
                await visit.PayInWindowAsync(total);

                await SeeAsync(visit.Heading("payment.refused.title"));
                await SeeAsync(visit.Text("payment.refused.text"));
                await PayAgainAsync(visit, total);

                await AssertPaidOnceAsync(order.GetProperty("orderNumber").GetString()!, total);
            }
        );

    [Fact]
    public Task A_card_company_that_refuses_in_the_window_leads_to_another_try() =>
        VisitAsync(
            Visitor.EnglishPhone,
            async visit =>
            {
                var total = await OrderAsync(visit);
                await visit.TossWindow().GetByText("Test tools").ClickAsync();
                await visit
                    .TossWindow()
                    .GetByRole(AriaRole.Button, new() { Name = "Refuse", Exact = true })
                    .ClickAsync();

                await SeeAsync(visit.Heading("payment.refused.title"));
                await SeeAsync(visit.Text("payment.refusedInWindow.text"));
                await PayAgainAsync(visit, total);
            }
        );

    [Theory]
    [InlineData("ko", Device.Desktop)]
    [InlineData("en", Device.Phone)]
    public Task A_window_that_is_closed_costs_nothing_and_opens_again(string language, Device device) =>
        VisitAsync(
            new Visitor(language, device),
            async visit =>
            {
                var total = await OrderAsync(visit);
                await visit
                    .TossWindow()
                    .GetByRole(AriaRole.Button, new() { Name = visit.Words.Choose("취소", "Cancel"), Exact = true })
                    .ClickAsync();

                await SeeAsync(visit.Text("payment.cancelled.text"));
                await PayAgainAsync(visit, total);
            }
        );

    [Fact]
    public Task An_outcome_that_is_not_known_yet_is_shown_as_such_and_then_settles() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var total = await OrderAsync(visit);
                var number = (await visit.OrderAsync()).GetProperty("orderNumber").GetString()!;
                // Toss charges the card, its answer is lost, and it takes its time to tell later on.
                await Shop.Toss.AddFaultAsync("drop-response-after-approve", "confirm", number);
                await Shop.Toss.AddFaultAsync("slow", "lookup", number, seconds: 4);
                await visit.PayInWindowAsync(total);

                await SeeAsync(visit.Heading("payment.checking.title"));
                await SeeAsync(visit.Text("payment.checking.once"));
                await SeeAsync(visit.Heading("payment.completed.title"));
                await visit.Link("payment.toOrder").ClickAsync();
                await visit.SeeOrderAsync("CONFIRMED");

                await AssertPaidOnceAsync(number, total);
            }
        );

    [Fact]
    public Task A_paid_order_is_cancelled_and_the_shopper_sees_the_money_go_back() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 5);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(article, 2);
                await visit.GoToPaymentStepAsync();
                var total = 2 * article.Price;
                await visit.OrderByCardAsync(total);
                await visit.PayInWindowAsync(total);
                await visit.Link("payment.toOrder").ClickAsync();
                await visit.SeeOrderAsync("CONFIRMED");

                await visit.Button("order.cancel").ClickAsync();
                var question = visit.Page.GetByRole(AriaRole.Alertdialog);
                await SeeAsync(question.GetByText(visit.Words["order.cancel.card"]));
                await visit.Field("order.cancel.reason").FillAsync("색이 마음에 들지 않아요");
                await question
                    .GetByRole(AriaRole.Button, new() { Name = visit.Words["order.cancel.submit"], Exact = true })
                    .ClickAsync();

                await SeeAsync(visit.Text("order.cancel.done"));
                await SeeAsync(visit.Text("order.cancelledText"));
                await SeeAsync(visit.Text("payment.status.REFUNDED"));
                await SeeAsync(visit.Page.GetByRole(AriaRole.Definition).GetByText(visit.Words.Won(total)));

                var number = (await visit.OrderAsync()).GetProperty("orderNumber").GetString()!;
                Assert.Equal(total, Assert.Single(await Shop.Toss.ChargesOfAsync(number)).RefundedAmount);
                await Shop.SettleAsync();
                Assert.Equal(5, await Shop.StockOfAsync(article.Id));
            }
        );

    /// <summary>Somebody new orders one article by card; Toss's window is open.</summary>
    /// <returns>What it costs.</returns>
    private async Task<decimal> OrderAsync(Visit visit)
    {
        var article = await Shop.SellAsync(stock: 5);
        using var shopper = await visit.SignInSomebodyNewAsync();
        await visit.AddToCartAsync(article);
        await visit.GoToPaymentStepAsync();
        await visit.OrderByCardAsync(article.Price);
        await SeeAsync(visit.TossWindow());
        return article.Price;
    }

    private static async Task PayAgainAsync(Visit visit, decimal total)
    {
        await visit.Button("payment.pay.submit", ("total", visit.Words.Won(total))).ClickAsync();
        await visit.PayInWindowAsync(total);
        await SeeAsync(visit.Heading("payment.completed.title"));
        await visit.Link("payment.toOrder").ClickAsync();
        await visit.SeeOrderAsync("CONFIRMED");
    }

    private async Task AssertPaidOnceAsync(string orderNumber, decimal total) =>
        Assert.Equal(total, Assert.Single(await Shop.Toss.ChargesOfAsync(orderNumber)).BalanceAmount);
}
