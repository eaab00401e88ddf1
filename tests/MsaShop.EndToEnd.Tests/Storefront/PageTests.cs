using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static MsaShop.EndToEnd.Tests.Storefront.Visit;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Every page is usable by everybody: axe finds nothing. What the pages look like is kept.</summary>
[Collection(ShopCollection.Name)]
public sealed class PageTests(ShopFixture shop, StorefrontFixture storefront) : StorefrontTests(shop, storefront)
{
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private const string Overflows =
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth";

    private static readonly string[] s_rules =
    [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ];

    [Fact]
    public void Every_route_of_the_storefront_has_its_page_here()
    {
        Assert.Equal(
            Pages.RoutesOfTheSource().Order(),
            Pages.All.Select(page => page.Route).Distinct().Except(["/nowhere"]).Order()
        );
    }

    [Fact]
    public Task Axe_finds_nothing_on_a_desktop() => LookAtAllAsync(Visitor.KoreanDesktop, withAxe: true);

    [Fact]
    public Task Axe_finds_nothing_on_a_phone_in_the_dark() =>
        LookAtAllAsync(Visitor.EnglishPhone with { IsDark = true }, withAxe: true);

    /// <summary>Axe has seen the same page on a phone in the dark; this is for people to look at.</summary>
    [Fact]
    public Task Every_page_opens_on_a_phone_in_Korean() => LookAtAllAsync(Visitor.KoreanPhone, withAxe: false);

    private Task LookAtAllAsync(Visitor visitor, bool withAxe) =>
        VisitAsync(
            visitor,
            async visit =>
            {
                var world = await PageWorld.CreateAsync(Shop);
                var violations = await LookAtAsync(visit, world, withAxe, Pages.OfStrangers);
                await visit.GoAsync("/sign-in");
                await visit.SignInAsync(world.Shopper.Email);
                await SeeAsync(visit.AccountMenu());
                violations.AddRange(await LookAtAsync(visit, world, withAxe, Pages.OfShoppers));
                await visit.GoAsync("/");
                await visit.SignOutAsync();
                await visit.GoAsync("/sign-in");
                await visit.SignInAsync("admin@shop.example.com", ShopFixture.AdminPassword);
                await SeeAsync(visit.Heading("catalogue.title"));
                violations.AddRange(await LookAtAsync(visit, world, withAxe, Pages.OfAdmins));
                world.Shopper.Dispose();

                Assert.True(violations.Count == 0, string.Join('\n', violations));
            }
        );

    private static async Task<List<string>> LookAtAsync(
        Visit visit,
        PageWorld world,
        bool withAxe,
        IReadOnlyList<ShopPage> pages
    )
    {
        var violations = new List<string>();
        foreach (var page in pages)
        {
            await page.Open(visit, world);
            await SeeAsync(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }));
            await Expect(visit.Page.GetByLabel(visit.Words["loading"], new() { Exact = true })).ToHaveCountAsync(0);
            if (await visit.Page.EvaluateAsync<bool>(Overflows))
            {
                violations.Add($"{page.Name}: wider than the window");
            }

            if (!visit.Visitor.IsDark)
            {
                // Pictures are loaded when they come near.
                await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                var file = Repository.PathOf("artifacts", "screenshots", $"{visit.Visitor}", $"{page.Name}.png");
                await visit.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
            }

            if (!withAxe)
            {
                continue;
            }

            violations.AddRange(
                (await FindViolationsAsync(visit.Page)).Select(violation => $"{page.Name}: {violation}")
            );
        }

        return violations;
    }

    /// <summary>What axe has against the page as it is now.</summary>
    private static async Task<string[]> FindViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(s_axe);
        return await page.EvaluateAsync<string[]>(
            """
            async (rules) => {
              const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
              return found.violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
            }
            """,
            s_rules
        );
    }
}
