using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>One Chromium for all tests, started when the first of them needs it; each visit has cookies of its own.</summary>
public sealed class StorefrontFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Site? _site;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Opens a browser of one's own on the storefront.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="visitor">Who comes.</param>
    /// <param name="address">Where the storefront is; if not given, where it is served as visitors get it.</param>
    public async Task<Visit> OpenAsync(ShopFixture shop, Visitor visitor, Uri? address = null)
    {
        _browser ??= await LaunchAsync();
        address ??= (_site ??= await Site.StartAsync(shop)).Address;
        return await Visit.StartAsync(shop, visitor, await _browser.NewContextAsync(visitor.Options(address)));
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var executable = Programs.Require("chromium", "chromium");
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = executable,
                Args =
                [
                    // Chromium's sandbox does not run as root, as which tests often run; the pages are the shop's own.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }
}
