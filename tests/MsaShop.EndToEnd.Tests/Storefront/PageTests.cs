using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Every page is usable by everybody: axe finds nothing. What the pages look like is kept.</summary>
[Collection(ShopCollection.Name)]
public sealed class PageTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
        ResultTypes = [ResultType.Violations],
    };

    [Fact]
    public void Every_route_of_the_storefront_has_its_page_here()
    {
        Assert.Equal(
            Pages.RoutesOfTheSource().Order(),
            Pages.All.Select(page => page.Route).Distinct().Except(["/nowhere"]).Order()
        );
    }

    [Theory]
    [InlineData("ko", Device.Desktop, false)]
    [InlineData("ko", Device.Phone, false)]
    [InlineData("en", Device.Desktop, true)]
    [InlineData("en", Device.Phone, true)]
    public Task Axe_finds_nothing_on_any_page(string language, Device device, bool isDark) =>
        VisitAsync(
            new Visitor(language, device, isDark),
            async visit =>
            {
                var world = await PageWorld.CreateAsync(Shop);
                visit.Problems.Announce(@"^answer: GET /api/payments/orders/\d+ 404$");
                var violations = await LookAtAsync(visit, world, Pages.OfStrangers);
                await visit.GoAsync("/sign-in");
                await visit.SignInAsync(world.Shopper.Email);
                await SeeAsync(visit.Button("session.signOut"));
                violations.AddRange(await LookAtAsync(visit, world, Pages.OfShoppers));
                await visit.GoAsync("/");
                await visit.Button("session.signOut").ClickAsync();
                await visit.GoAsync("/sign-in");
                await visit.SignInAsync("admin@shop.example.com", ShopFixture.AdminPassword);
                await SeeAsync(visit.Heading("catalogue.title"));
                violations.AddRange(await LookAtAsync(visit, world, Pages.OfAdmins));
                world.Shopper.Dispose();

                Assert.True(violations.Count == 0, string.Join('\n', violations));
            }
        );

    private static async Task<List<string>> LookAtAsync(Visit visit, PageWorld world, IReadOnlyList<ShopPage> pages)
    {
        var violations = new List<string>();
        foreach (var page in pages)
        {
            await page.Open(visit, world);
            await SeeAsync(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }));
            await Expect(visit.Page.GetByLabel(visit.Words["loading"], new() { Exact = true })).ToHaveCountAsync(0);
            if (!visit.Visitor.IsDark)
            {
                // Pictures are loaded when they come near.
                await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                var file = Repository.PathOf("artifacts", "screenshots", $"{visit.Visitor}", $"{page.Name}.png");
                await visit.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
            }

            var found = await visit.Page.RunAxe(s_rules);
            violations.AddRange(
                found.Violations.Select(violation =>
                    $"{page.Name}: {violation.Id}, {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"
                )
            );
        }

        return violations;
    }
}
