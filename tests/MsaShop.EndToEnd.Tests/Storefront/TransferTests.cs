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
                var depositor = $"입금{Guid.NewGuid().ToString("N")[..6]}";
                var id = await visit.OrderByTransferAsync(article.Price, depositor);

                var order = (await shopper.GetAsync($"/api/orders/{id}")).Body;
                var account = order.GetProperty("bankAccount");
                var panel = visit.Page.GetByRole(AriaRole.Region, new() { Name = visit.Words["transfer.title"] });
                await Expect(panel).ToContainTextAsync(account.GetProperty("accountNumber").GetString()!);
                await Expect(panel).ToContainTextAsync(account.GetProperty("holder").GetString()!);
                await Expect(panel).ToContainTextAsync(visit.Words.Won(article.Price));
                await Expect(panel).ToContainTextAsync(depositor);
                await SeeAsync(panel.GetByText(visit.Words.Get("deadline.days", ("days", 2), ("hours", 23))));

                await VisitAsync(
                    Visitor.KoreanDesktop with
                    {
                        Language = language,
                    },
                    desk => ConfirmAtTheDeskAsync(desk, depositor, article.Price),
                    test: "The_deposit_is_confirmed_at_the_desk"
                );
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

    /// <summary>An admin finds the deposit by its name, confirms it, takes that back, and confirms it after all.</summary>
    private static async Task ConfirmAtTheDeskAsync(Visit desk, string depositor, decimal amount)
    {
        await desk.GoAsync("/admin/deposits");
        await desk.SignInAsync("admin@shop.example.com", ShopFixture.AdminPassword);
        var search = desk.Page.GetByRole(
            AriaRole.Searchbox,
            new() { Name = desk.Words["deposits.search"], Exact = true }
        );
        var waiting = desk
            .Page.GetByRole(AriaRole.List, new() { Name = desk.Words["deposits.list"] })
            .GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = depositor });
        var confirmed = desk
            .Page.GetByRole(AriaRole.List, new() { Name = desk.Words["deposits.confirmedList"] })
            .GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = depositor });
        await search.FillAsync(depositor);
        await Expect(waiting).ToContainTextAsync(desk.Words.Won(amount));
        await search.PressAsync("Enter");
        await confirmed.GetByRole(AriaRole.Button, new() { Name = desk.Words["deposits.undo"] }).ClickAsync();

        await Expect(confirmed).ToHaveCountAsync(0);
        await search.FillAsync(depositor);
        await waiting.GetByRole(AriaRole.Button, new() { Name = desk.Words["deposits.confirm"] }).ClickAsync();
        await SeeAsync(confirmed);
    }
}
