using System.Net;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>The whole way: from a stranger who searches to a parcel that has arrived.</summary>
[Collection(ShopCollection.Name)]
public sealed class ShoppingTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    /// <summary>What developers look at is the source as Vite serves it, and it works as well.</summary>
    [Fact]
    public Task The_development_server_shows_a_product_of_the_catalogue() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                await visit.GoAsync("/");
                var products = visit.Page.GetByRole(AriaRole.Main);
                var name = await products.GetByRole(AriaRole.Heading, new() { Level = 3 }).First.InnerTextAsync();
                // By its name: another test may have put a newer one before it.
                await products
                    .GetByRole(
                        AriaRole.Heading,
                        new()
                        {
                            Name = name,
                            Exact = true,
                            Level = 3,
                        }
                    )
                    .First.ClickAsync();
                await SeeAsync(visit.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 }));
            },
            Shop.App.GetEndpoint("frontend-svc", "http")
        );

    [Theory]
    [InlineData("ko", Device.Desktop)]
    [InlineData("en", Device.Phone)]
    public Task A_stranger_signs_up_finds_pays_by_card_and_receives(string language, Device device) =>
        VisitAsync(
            new Visitor(language, device),
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 5);
                var total = 2 * article.Price;
                await visit.GoAsync("/");
                await visit.SignUpAsync();

                var search = visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = visit.Words["search.label"] });
                await search.FillAsync(article.Name);
                await search.PressAsync("Enter");
                await SeeAsync(visit.Heading("catalogue.titleSearch", ("q", article.Name)));
                await visit.Page.GetByRole(AriaRole.Link, new() { Name = article.Name, Exact = true }).ClickAsync();
                await SeeAsync(visit.Page.GetByRole(AriaRole.Heading, new() { Name = article.Name, Level = 1 }));
                await visit.Field("product.quantity").FillAsync("2");
                await visit.Button("product.add").ClickAsync();
                await visit.Link("cart.show").ClickAsync();

                var quantity = visit.Field("cart.quantityOf", ("name", article.Name));
                await Expect(quantity).ToHaveValueAsync("2");
                await visit.Page.ReloadAsync();
                await Expect(quantity).ToHaveValueAsync("2");

                await visit.Link("cart.checkout").ClickAsync();
                await visit.FillInRecipientAsync();
                await visit.Button("checkout.toPayment").ClickAsync();
                await SeeAsync(visit.Step("checkout.steps", "checkout.step.payment"));
                await visit.OrderByCardAsync(total);
                await visit.PayInWindowAsync(total);

                await SeeAsync(visit.Heading("payment.completed.title"));
                await SeeAsync(visit.Text("payment.completed.text", ("amount", visit.Words.Won(total))));
                await visit.Link("payment.toOrder").ClickAsync();
                await visit.SeeOrderAsync("CONFIRMED");
                var id = visit.OrderId();
                foreach (var status in new[] { "SHIPPING", "DELIVERED" })
                {
                    var admin = await Shop.AdminAsync();
                    var moved = await admin.SendAsync(HttpMethod.Patch, $"/api/orders/{id}/status?status={status}");
                    Assert.Equal(HttpStatusCode.OK, moved.Status);
                    await visit.Page.ReloadAsync();
                    await visit.SeeOrderAsync(status);
                }

                await visit.GoAsync("/orders");
                await SeeAsync(
                    visit
                        .Page.GetByRole(AriaRole.Main)
                        .GetByText(visit.Words["order.status.DELIVERED"], new() { Exact = true })
                );
                await Expect(visit.Page).ToHaveTitleAsync(new Regex(Regex.Escape(visit.Words["orders.title"])));

                Assert.Equal(3, await Shop.StockOfAsync(article.Id));
                var order = (await (await Shop.AdminAsync()).GetAsync($"/api/orders/{id}")).Body;
                Assert.Equal("DELIVERED", order.GetProperty("status").GetString());
                Assert.Equal("이받음", order.GetProperty("recipient").GetProperty("name").GetString());
                var charge = Assert.Single(
                    await Shop.Toss.ChargesOfAsync(order.GetProperty("orderNumber").GetString()!)
                );
                Assert.Equal(total, charge.BalanceAmount);
            }
        );
}
