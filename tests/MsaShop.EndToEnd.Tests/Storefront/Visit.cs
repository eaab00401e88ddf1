using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>Somebody at the storefront: their page, in their words.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Long, for machines that are busy with the rest of the shop.</summary>
    private const float Patience = 20_000;

    private readonly IBrowserContext _context;

    private Visit(ShopFixture shop, Visitor visitor, IBrowserContext context, IPage page)
    {
        Shop = shop;
        Visitor = visitor;
        Words = new Words(visitor.Language);
        _context = context;
        Page = page;
        Problems = new Problems(context);
    }

    public ShopFixture Shop { get; }

    public Visitor Visitor { get; }

    public Words Words { get; }

    public IPage Page { get; }

    /// <summary>What went wrong in the browser.</summary>
    public Problems Problems { get; }

    /// <summary>The page's address below the shop's.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    public static async Task<Visit> StartAsync(ShopFixture shop, Visitor visitor, IBrowserContext context)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        context.SetDefaultTimeout(Patience);
        await context.Tracing.StartAsync(
            new()
            {
                Snapshots = true,
                Screenshots = false,
                Sources = false,
            }
        );
        return new Visit(shop, visitor, context, await context.NewPageAsync());
    }

    /// <summary>Types an address of the shop.</summary>
    public Task GoAsync(string path) => Page.GotoAsync(path);

    public ILocator Button(string key, params (string Gap, object Value)[] values) =>
        Page.GetByRole(AriaRole.Button, Named(key, values));

    public ILocator Link(string key, params (string Gap, object Value)[] values) =>
        Page.GetByRole(AriaRole.Link, Named(key, values));

    public ILocator Heading(string key, params (string Gap, object Value)[] values) =>
        Page.GetByRole(AriaRole.Heading, Named(key, values));

    /// <summary>A field to type into.</summary>
    public ILocator Field(string key, params (string Gap, object Value)[] values) =>
        Page.GetByRole(AriaRole.Textbox, Named(key, values));

    public ILocator Text(string key, params (string Gap, object Value)[] values) =>
        Page.GetByText(Words.Get(key, values), new() { Exact = true });

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    public static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    /// <summary>Waits until it is there to be seen.</summary>
    public static Task SeeAsync(ILocator locator) => Assertions.Expect(locator).ToBeVisibleAsync();

    /// <summary>Goes there with the keyboard, as far as it takes.</summary>
    public async Task TabToAsync(ILocator target)
    {
        const int most = 80;
        await SeeAsync(target);
        for (var presses = 0; presses < most; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {target}.");
    }

    /// <summary>Keeps what was visible, to investigate failures.</summary>
    public async Task SaveAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "page.png") });
        await _context.Tracing.StopAsync(new() { Path = System.IO.Path.Combine(folder, "trace.zip") });
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private PageGetByRoleOptions Named(string key, (string Gap, object Value)[] values) =>
        new() { Name = Words.Get(key, values), Exact = true };
}
