using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace MsaShop.PaymentService.Toss;

/// <summary>How Toss Payments is reached; the configuration section <c>Toss</c>.</summary>
public sealed class TossOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Toss";

    /// <summary>The address of the real Toss Payments.</summary>
    public static Uri RealAddress { get; } = new("https://api.tosspayments.com");

    /// <summary>The address of Toss's API; any other than <see cref="RealAddress"/> is a simulator's.</summary>
    public Uri BaseAddress { get; set; } = RealAddress;

    /// <summary>The shop's key for Toss's API. Secret.</summary>
    [Required]
    public string SecretKey { get; set; } = "";

    /// <summary>The storefront's key for Toss's payment window. Public.</summary>
    [Required]
    public string ClientKey { get; set; } = "";

    /// <summary>The script that opens Toss's payment window.</summary>
    public Uri ScriptUrl { get; set; } = new("https://js.tosspayments.com/v2/standard");

    /// <summary>How long to wait for a charge or a refund; after that its outcome is unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for anything else.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What else a step may take besides waiting for Toss, such as order-svc and the databases.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a charge or a refund takes at most, with everything around it.</summary>
    internal TimeSpan StepTimeout => ConfirmTimeout + Margin;

    /// <summary>The section, for code that runs before options are available.</summary>
    internal static TossOptions Of(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<TossOptions>() ?? new TossOptions();

    /// <summary>Whether test keys, which move no money, are allowed in production: to try out the whole shop.</summary>
    public bool AllowTestKeyInProduction { get; set; }
}

/// <summary>
/// Finds mixed-up keys before a shopper does: live keys belong to the real Toss alone, test keys to anywhere but
/// production, and both keys come from one pair.
/// </summary>
internal sealed class TossOptionsValidator(IHostEnvironment environment) : IValidateOptions<TossOptions>
{
    public ValidateOptionsResult Validate(string? name, TossOptions options) =>
        Check(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private string? Check(TossOptions options)
    {
        // Never prints a key: what is mistyped as a client key may be the secret one.
        if (KindOf(options.SecretKey, "sk") is not { } secret)
        {
            return "Toss:SecretKey is missing, or not one of Toss's secret keys (test_sk_, test_gsk_, live_sk_, live_gsk_).";
        }

        if (KindOf(options.ClientKey, "ck") is not { } client)
        {
            return "Toss:ClientKey is missing, or not one of Toss's client keys (test_ck_, test_gck_, live_ck_, live_gck_).";
        }

        if (secret != client)
        {
            return "Toss:ClientKey and Toss:SecretKey are not of one kind: "
                + $"the client key is a {client}, the secret key a {secret}.";
        }

        if (!IsHttp(options.BaseAddress) || !IsHttp(options.ScriptUrl))
        {
            return "Toss:BaseAddress and Toss:ScriptUrl must be absolute http or https addresses.";
        }

        if (secret.IsLive && options.BaseAddress != TossOptions.RealAddress)
        {
            return $"Toss:SecretKey is a live key, which must go nowhere but to {TossOptions.RealAddress.Host}: "
                + $"Toss:BaseAddress is {options.BaseAddress}.";
        }

        if (!secret.IsLive && environment.IsProduction() && !options.AllowTestKeyInProduction)
        {
            return "Toss:SecretKey is a test key, which moves no money, and this is production. "
                + "Set Toss:AllowTestKeyInProduction to true to use it all the same.";
        }

        return null;
    }

    private static bool IsHttp(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static KeyKind? KindOf(string key, string role)
    {
        var match = Regex.Match(key, $"^(?<mode>live|test)_(?<widget>g?){role}_.", RegexOptions.Singleline);
        return match.Success
            ? new KeyKind(match.Groups["mode"].Value == "live", match.Groups["widget"].Length > 0)
            : null;
    }

    private readonly record struct KeyKind(bool IsLive, bool IsWidget)
    {
        public override string ToString() => $"{(IsLive ? "live" : "test")} {(IsWidget ? "widget" : "API")} key";
    }
}
