using System.Net;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>What may come between a full cart and an order.</summary>
[Collection(ShopCollection.Name)]
public sealed class CheckoutTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    /// <summary>Of one article others take all, of the other all but one, while the shopper types an address.</summary>
    [Fact]
    public Task What_others_bought_meanwhile_is_said_at_its_line_and_the_rest_can_be_ordered() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var last = await Shop.SellAsync(stock: 1);
                var scarce = await Shop.SellAsync(stock: 3, price: 8_000);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(last);
                await visit.AddToCartAsync(scarce, 2);
                await visit.GoToPaymentStepAsync();
                using var other = await Shop.NewClient().SignUpAsync();
                Assert.Equal(HttpStatusCode.Created, (await other.OrderAsync((last.Id, 1), (scarce.Id, 2))).Status);

                visit.Problems.Announce("^answer: POST /api/orders 409$");
                await visit
                    .Button("checkout.submitCard", ("total", visit.Words.Won(last.Price + (2 * scarce.Price))))
                    .ClickAsync();
                await SeeAsync(visit.Text("problem.outOfStock"));
                await SeeAsync(LineOf(visit, last).GetByText(visit.Words["cart.soldOut"]));
                await SeeAsync(LineOf(visit, scarce).GetByText(visit.Words.Get("cart.short", ("available", 1))));
                Assert.Empty((await shopper.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray());
                Assert.Equal(1, await Shop.StockOfAsync(scarce.Id));

                await visit.Link("checkout.toCart").ClickAsync();
                await SeeAsync(LineOf(visit, last).GetByText(visit.Words["cart.soldOut"]));
                await SeeAsync(visit.Text("cart.blocked"));
                await visit.Button("cart.remove", ("name", last.Name)).ClickAsync();
                await visit.Button("cart.takeAvailable", ("available", 1)).ClickAsync();
                await visit.Link("cart.checkout").ClickAsync();
                await visit.Button("checkout.toPayment").ClickAsync();
                var id = await visit.OrderByTransferAsync(scarce.Price);

                var order = (await shopper.GetAsync($"/api/orders/{id}")).Body;
                Assert.Equal(
                    scarce.Id,
                    Assert.Single(order.GetProperty("items").EnumerateArray()).GetProperty("productId").GetInt64()
                );
                Assert.Equal(0, await Shop.StockOfAsync(scarce.Id));
            }
        );

    /// <summary>An administrator raises the price while the shopper types an address.</summary>
    [Fact]
    public Task Nothing_is_ordered_at_a_price_not_seen_and_the_new_one_takes_one_more_press() =>
        VisitAsync(
            Visitor.KoreanPhone,
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 2, price: 10_000);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(article, 2);
                await visit.GoToPaymentStepAsync();
                var admin = await Shop.AdminAsync();
                var repriced = await admin.SendAsync(
                    HttpMethod.Put,
                    $"/api/products/{article.Id}",
                    new
                    {
                        name = article.Name,
                        price = 12_000,
                        category = "Tests",
                    }
                );
                Assert.Equal(HttpStatusCode.OK, repriced.Status);

                visit.Problems.Announce("^answer: POST /api/orders 409$");
                await visit
                    .Page.GetByRole(AriaRole.Radio, new() { Name = visit.Words["order.method.BANK_TRANSFER"] })
                    .CheckAsync(new() { Force = true });
                await visit.Button("checkout.submit", ("total", visit.Words.Won(20_000))).ClickAsync();
                await SeeAsync(visit.Text("problem.priceChanged"));
                await SeeAsync(LineOf(visit, article).GetByText(visit.Words["cart.dearer"]));
                Assert.Empty((await shopper.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray());
                Assert.Equal(2, await Shop.StockOfAsync(article.Id));

                await visit.Button("checkout.orderChanged", ("total", visit.Words.Won(24_000))).ClickAsync();
                await SeeAsync(visit.Heading("order.placed"));
                Assert.Equal(24_000, (await visit.OrderAsync()).GetProperty("totalPrice").GetInt64());
                Assert.Equal(0, await Shop.StockOfAsync(article.Id));
            }
        );

    /// <summary>Signed out everywhere from another device; the page's token counts as expired.</summary>
    [Fact]
    public Task A_session_that_ends_while_paying_goes_on_where_it_was_after_signing_in() =>
        VisitAsync(
            Visitor.KoreanPhone,
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 3);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(article);
                await visit.GoToPaymentStepAsync();
                var elsewhere = await shopper.SendAsync(HttpMethod.Post, "/api/users/logout?everywhere=true");
                Assert.Equal(HttpStatusCode.NoContent, elsewhere.Status);
                await visit.Page.RouteAsync(
                    "**/api/orders",
                    route =>
                        route.FulfillAsync(
                            new()
                            {
                                Status = 401,
                                ContentType = "application/problem+json",
                                Body = """{"status": 401, "code": "unauthenticated"}""",
                            }
                        ),
                    new() { Times = 1 }
                );

                visit.Problems.Announce("^answer: POST /api/(orders|users/refresh) 401$");
                await visit.Button("checkout.submitCard", ("total", visit.Words.Won(article.Price))).ClickAsync();
                await SeeAsync(visit.Heading("session.ended.title"));
                await visit.EnterPasswordAsync();
                await Expect(visit.Heading("session.ended.title")).ToBeHiddenAsync();

                await SeeAsync(visit.Step("checkout.steps", "checkout.step.payment"));
                await Expect(visit.Page.GetByRole(AriaRole.Main))
                    .ToContainTextAsync("서울특별시 중구 세종대로 110 3층");
                var id = await visit.OrderByTransferAsync(article.Price);

                var orders = (await shopper.GetAsync("/api/orders")).Body.GetProperty("items").EnumerateArray();
                Assert.Equal(id, Assert.Single(orders).GetProperty("id").GetInt64());
            }
        );

    private static ILocator LineOf(Visit visit, Article article) =>
        visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = article.Name });
}
