using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Something to buy.</summary>
public sealed record Article(long Id, string Name, decimal Price);

/// <summary>What shoppers do again and again, as they do it.</summary>
public static partial class ShopperSteps
{
    public const string Password = "correct-horse-1";

    /// <summary>Puts something on sale that no other test sells.</summary>
    public static async Task<Article> SellAsync(this ShopFixture shop, int stock, decimal price = 12_000)
    {
        var name = $"시험 찻잔 {Guid.NewGuid().ToString("N")[..8]}";
        return new Article(await shop.NewProductAsync(stock, price, name), name, price);
    }

    /// <summary>Signs in somebody new, whose account has been made beforehand.</summary>
    /// <returns>The same person, as a client of the API.</returns>
    public static async Task<ShopClient> SignInSomebodyNewAsync(this Visit visit)
    {
        var client = await visit.Shop.NewClient().SignUpAsync();
        await visit.GoAsync("/sign-in");
        await visit.SignInAsync(client.Email);
        await SeeAsync(visit.AccountMenu());
        return client;
    }

    /// <summary>What only somebody signed in has.</summary>
    public static ILocator AccountMenu(this Visit visit) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = visit.Words["account.menu"] });

    /// <summary>Signs out, with the menu.</summary>
    public static async Task SignOutAsync(this Visit visit)
    {
        await visit.AccountMenu().ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = visit.Words["session.signOut"] }).ClickAsync();
        await SeeAsync(
            visit
                .Page.GetByRole(AriaRole.Banner)
                .GetByRole(AriaRole.Link, new() { Name = visit.Words["session.signIn"] })
        );
    }

    /// <summary>Fills in the form for signing in, which is shown.</summary>
    public static async Task SignInAsync(this Visit visit, string email, string password = Password)
    {
        await SeeAsync(visit.Heading("session.signIn"));
        await visit.Field("session.email").FillAsync(email);
        await visit.EnterPasswordAsync(password);
    }

    /// <summary>Fills in the rest of the form for signing in, where the address is there already.</summary>
    public static async Task EnterPasswordAsync(this Visit visit, string password = Password)
    {
        await visit.Field("session.password").FillAsync(password);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Signs up somebody new with the form, from whatever page there is.</summary>
    /// <returns>Their address.</returns>
    public static async Task<string> SignUpAsync(this Visit visit)
    {
        var email = $"visitor-{Guid.NewGuid().ToString("N")[..16]}@example.com";
        await visit
            .Page.GetByRole(AriaRole.Banner)
            .GetByRole(AriaRole.Link, new() { Name = visit.Words["session.signIn"] })
            .ClickAsync();
        await visit.Link("session.signUp").ClickAsync();
        await SeeAsync(visit.Heading("session.signUp"));
        await visit.Field("session.email").FillAsync(email);
        await visit.Field("session.password").FillAsync(Password);
        await visit.Field("session.name").FillAsync("김쇼핑");
        await visit.Field("session.phone").FillAsync("010-1234-5678");
        await visit.Button("session.signUp").ClickAsync();
        await SeeAsync(visit.AccountMenu());
        return email;
    }

    /// <summary>Puts some of an article into the cart, from its page.</summary>
    public static async Task AddToCartAsync(this Visit visit, Article article, int quantity = 1)
    {
        await visit.GoAsync($"/products/{article.Id}");
        await visit.Field("product.quantity").FillAsync($"{quantity}");
        await visit.Button("product.add").ClickAsync();
        await SeeAsync(visit.Text("cart.added"));
    }

    /// <summary>Types where to send the order.</summary>
    public static async Task FillInRecipientAsync(this Visit visit)
    {
        await visit.Field("recipient.name").FillAsync("이받음");
        await visit.Field("recipient.phone").FillAsync("010-9876-5432");
        await visit.Field("recipient.postalCode").FillAsync("04524");
        await visit.Field("recipient.address1").FillAsync("서울특별시 중구 세종대로 110");
        await visit.Field("recipient.address2").FillAsync("3층");
    }

    /// <summary>From the cart to where the way to pay is chosen.</summary>
    public static async Task GoToPaymentStepAsync(this Visit visit)
    {
        await visit.GoAsync("/cart");
        await visit.Link("cart.checkout").ClickAsync();
        await visit.FillInRecipientAsync();
        await visit.Button("checkout.toPayment").ClickAsync();
        await SeeAsync(visit.Step("checkout.steps", "checkout.step.payment"));
    }

    /// <summary>Orders by card, which opens Toss's window.</summary>
    public static Task OrderByCardAsync(this Visit visit, decimal total) =>
        visit.Button("checkout.submitCard", ("total", visit.Words.Won(total))).ClickAsync();

    /// <summary>Orders by bank transfer.</summary>
    /// <returns>The order's id.</returns>
    public static async Task<long> OrderByTransferAsync(this Visit visit, decimal total, string depositor = "이받음")
    {
        await visit
            .Page.GetByRole(AriaRole.Radio, new() { Name = visit.Words["order.method.BANK_TRANSFER"] })
            .CheckAsync(new() { Force = true });
        await visit.Field("checkout.depositor").FillAsync(depositor);
        await visit.Button("checkout.submit", ("total", visit.Words.Won(total))).ClickAsync();
        await SeeAsync(visit.Heading("order.placed"));
        return visit.OrderId();
    }

    /// <summary>Toss's window: over the page on a desktop, in its place on a phone.</summary>
    public static ILocator TossWindow(this Visit visit) =>
        visit.Visitor.Device is Device.Phone
            ? visit.Page.GetByRole(AriaRole.Main)
            : visit.Page.FrameLocator("iframe[title='Toss Payments']").GetByRole(AriaRole.Main);

    /// <summary>Shows the window a card and pays.</summary>
    public static Task PayInWindowAsync(this Visit visit, decimal total) =>
        visit
            .TossWindow()
            .GetByRole(
                AriaRole.Button,
                new()
                {
                    Name = visit.Words.Choose($"{visit.Words.Won(total)} 결제하기", $"Pay {visit.Words.Won(total)}"),
                }
            )
            .ClickAsync();

    /// <summary>The current step of several that are shown.</summary>
    public static ILocator Step(this Visit visit, string list, string step) =>
        visit
            .Page.GetByRole(AriaRole.List, new() { Name = visit.Words[list] })
            .Locator("[aria-current=step]", new() { HasText = visit.Words[step] });

    /// <summary>Waits until the order's page shows this progress.</summary>
    public static Task SeeOrderAsync(this Visit visit, string status) =>
        SeeAsync(visit.Step("order.journey", $"order.status.{status}"));

    /// <summary>The order whose page this is, as the shop knows it.</summary>
    public static async Task<JsonElement> OrderAsync(this Visit visit)
    {
        await visit.Page.WaitForURLAsync(OrderPage());
        var admin = await visit.Shop.AdminAsync();
        return (await admin.GetAsync($"/api/orders/{visit.OrderId()}")).Body;
    }

    /// <summary>The order whose page this is.</summary>
    public static long OrderId(this Visit visit) =>
        long.Parse(OrderPage().Match(visit.Page.Url).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("/orders/([0-9]+)$")]
    private static partial Regex OrderPage();
}
