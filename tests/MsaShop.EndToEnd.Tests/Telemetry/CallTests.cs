using MsaShop.EndToEnd.Tests.Storefront;

namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>
/// What the services call is what the cluster's policies let through: each call, and nothing that no call needs. The
/// fixture checks the calls of all other tests when they are over.
/// </summary>
[Collection(ShopCollection.Name)]
public sealed class CallTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    [Fact]
    public async Task A_card_payment_goes_every_way_that_the_services_have_and_no_other()
    {
        await VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 5);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(article);
                await visit.GoToPaymentStepAsync();
                await visit.OrderByCardAsync(article.Price);
                await visit.PayInWindowAsync(article.Price);
                await visit.Link("payment.toOrder").ClickAsync();
                await visit.SeeOrderAsync("CONFIRMED");

                // The page hands over its own spans as long as it is open.
                await Shop.WaitForCallsAsync(Reachability.OfTheCluster.Allowed.Where(call => call.IsOfAService));
            }
        );

        Assert.Empty(Shop.Calls().Except(Reachability.OfTheCluster.Allowed));
    }
}
