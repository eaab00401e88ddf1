using Aspire.Hosting.Testing;
using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>One Chromium for all tests, started when the first of them needs it; each visit has cookies of its own.</summary>
public sealed class StorefrontFixture : IAsyncLifetime
{
    private static readonly string[] s_browserNames = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Opens a browser of one's own on the storefront.</summary>
    public async Task<Visit> OpenAsync(ShopFixture shop, Visitor visitor)
    {
        _browser ??= await LaunchAsync();
        var site = shop.App.GetEndpoint("frontend-svc", "http");
        var context = await _browser.NewContextAsync(visitor.Options(site));
        return await Visit.StartAsync(shop, visitor, context);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var executable =
            Programs.Find(s_browserNames)
            ?? throw new InvalidOperationException(
                "These tests need Chromium: apt-get install chromium (./shop test does it)."
            );
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
