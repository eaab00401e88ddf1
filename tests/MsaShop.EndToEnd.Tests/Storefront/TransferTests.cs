using System.Net;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Paying by bank transfer, as the shopper sees it.</summary>
[Collection(ShopCollection.Name)]
public sealed class TransferTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    [Theory]
    [InlineData("ko", Device.Phone)]
    [InlineData("en", Device.Desktop)]
    public Task The_account_and_the_deadline_are_shown_until_the_deposit_is_there(string language, Device device) =>
        VisitAsync(
            new Visitor(language, device),
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 3);
                using var shopper = await visit.SignInSomebodyNewAsync();
                await visit.AddToCartAsync(article);
                await visit.GoToPaymentStepAsync();
                var id = await visit.OrderByTransferAsync(article.Price);

                var order = (await shopper.GetAsync($"/api/orders/{id}")).Body;
                var account = order.GetProperty("bankAccount");
                var panel = visit.Page.GetByRole(AriaRole.Region, new() { Name = visit.Words["transfer.title"] });
                await Expect(panel).ToContainTextAsync(account.GetProperty("accountNumber").GetString()!);
                await Expect(panel).ToContainTextAsync(account.GetProperty("holder").GetString()!);
                await Expect(panel).ToContainTextAsync(visit.Words.Won(article.Price));
                await Expect(panel).ToContainTextAsync("이받음");
                await SeeAsync(panel.GetByText(visit.Words.Get("deadline.days", ("days", 2), ("hours", 23))));

                var admin = await Shop.AdminAsync();
                var deposit = await admin.SendAsync(
                    HttpMethod.Post,
                    $"/api/payments/orders/{id}/deposit",
                    new { depositorName = "이받음", amount = article.Price }
                );
                Assert.Equal(HttpStatusCode.OK, deposit.Status);
                await Shop.SettleAsync();
                await visit.Page.ReloadAsync();
                await visit.SeeOrderAsync("CONFIRMED");
                await Expect(panel).ToBeHiddenAsync();
                await SeeAsync(visit.Text("payment.status.COMPLETED"));
            }
        );

    [Fact]
    public Task An_order_is_placed_with_the_keyboard_alone() =>
        VisitAsync(
            Visitor.KoreanDesktop,
            async visit =>
            {
                var article = await Shop.SellAsync(stock: 3);
                using var shopper = await Shop.NewClient().SignUpAsync();
                var keyboard = visit.Page.Keyboard;
                visit.Problems.Announce(@"^answer: GET /api/payments/orders/\d+ 404$");
                await visit.GoAsync("/");
                await SeeAsync(visit.Heading("catalogue.title"));

                await keyboard.PressAsync("Tab");
                await Expect(visit.Link("layout.skip")).ToBeFocusedAsync();
                await visit.TabToAsync(visit.Page.GetByRole(AriaRole.Searchbox));
                await keyboard.TypeAsync(article.Name);
                await keyboard.PressAsync("Enter");
                await SeeAsync(visit.Heading("catalogue.titleSearch", ("q", article.Name)));
                await visit.TabToAsync(
                    visit.Page.GetByRole(AriaRole.Link, new() { Name = article.Name, Exact = true })
                );
                await keyboard.PressAsync("Enter");
                await visit.TabToAsync(visit.Button("product.buy"));
                await keyboard.PressAsync("Enter");
                await visit.TabToAsync(visit.Link("cart.checkout"));
                await keyboard.PressAsync("Enter");

                await SeeAsync(visit.Heading("session.signIn"));
                await visit.TabToAsync(visit.Field("session.email"));
                await keyboard.TypeAsync(shopper.Email);
                await visit.TabToAsync(visit.Field("session.password"));
                await keyboard.TypeAsync(ShopperSteps.Password);
                await keyboard.PressAsync("Enter");

                foreach (
                    var (field, text) in new[]
                    {
                        ("recipient.postalCode", "04524"),
                        ("recipient.address1", "서울특별시 중구 세종대로 110"),
                    }
                )
                {
                    await visit.TabToAsync(visit.Field(field));
                    await keyboard.TypeAsync(text);
                }

                await visit.TabToAsync(visit.Button("checkout.toPayment"));
                await keyboard.PressAsync("Enter");
                await visit.TabToAsync(
                    visit.Page.GetByRole(AriaRole.Radio, new() { Name = visit.Words["order.method.CARD"] })
                );
                await keyboard.PressAsync("ArrowDown");
                await visit.TabToAsync(visit.Field("checkout.depositor"));
                await visit.TabToAsync(visit.Button("checkout.submit", ("total", visit.Words.Won(article.Price))));
                await keyboard.PressAsync("Enter");

                await SeeAsync(visit.Heading("order.placed"));
                var order = (await shopper.GetAsync($"/api/orders/{visit.OrderId()}")).Body;
                Assert.Equal("BANK_TRANSFER", order.GetProperty("paymentMethod").GetString());
                Assert.Equal(2, await Shop.StockOfAsync(article.Id));
            }
        );
}
