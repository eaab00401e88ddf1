using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>What somebody looks at the shop with.</summary>
public enum Device
{
    /// <summary>A window of 1280 × 900, and a mouse.</summary>
    Desktop,

    /// <summary>A phone of 390 × 844, and a finger.</summary>
    Phone,
}

/// <summary>How somebody looks at the shop.</summary>
/// <param name="Language">ko or en.</param>
/// <param name="Device">With what.</param>
/// <param name="IsDark">Whether the device is set to dark.</param>
public sealed record Visitor(string Language, Device Device, bool IsDark = false)
{
    public static Visitor KoreanDesktop { get; } = new("ko", Device.Desktop);

    public static Visitor KoreanPhone { get; } = new("ko", Device.Phone);

    public static Visitor EnglishDesktop { get; } = new("en", Device.Desktop);

    public static Visitor EnglishPhone { get; } = new("en", Device.Phone);

    /// <summary>A browser of one's own: nothing stored, nobody signed in.</summary>
    public BrowserNewContextOptions Options(Uri site) =>
        new()
        {
            BaseURL = site.ToString(),
            Locale = Language == "ko" ? "ko-KR" : "en-US",
            TimezoneId = "Asia/Seoul",
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize =
                Device is Device.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            HasTouch = Device is Device.Phone,
            IsMobile = Device is Device.Phone,
            UserAgent =
                Device is Device.Phone
                    ? "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
                    : null,
            StorageState = Language == "ko" ? null : EnglishAt(site),
        };

    public override string ToString() => $"{Language}-{Device}{(IsDark ? "-dark" : "")}".ToLowerInvariant();

    /// <summary>As it is when the visitor chose English on an earlier visit.</summary>
    private static string EnglishAt(Uri site) =>
        $$"""
            {"origins": [{"origin": "{{site.GetLeftPart(UriPartial.Authority)}}", "localStorage": [
              {"name": "msa-shop.language", "value": "{\"state\":{\"language\":\"en\"},\"version\":1}"}]}]}
            """;
}
