using Microsoft.Extensions.Options;

namespace MsaShop.TossPayments.Settings;

/// <summary>The two pairs of keys that a shop has; a payment is confirmed with the pair that opened it.</summary>
public enum KeyPair
{
    /// <summary><c>_ck_</c> and <c>_sk_</c>: the payment window.</summary>
    Api,

    /// <summary><c>_gck_</c> and <c>_gsk_</c>: the payment widget.</summary>
    Widget,
}

/// <summary>Tells whose key it is.</summary>
internal sealed class KeyRing(IOptions<SimulatorOptions> options)
{
    private readonly SimulatorOptions _options = options.Value;

    /// <summary>The pair that this client key belongs to, or null.</summary>
    public KeyPair? OfClientKey(string? key) => Find(key, _options.ClientKey, _options.WidgetClientKey);

    /// <summary>The pair that this secret key belongs to, or null.</summary>
    public KeyPair? OfSecretKey(string? key) => Find(key, _options.SecretKey, _options.WidgetSecretKey);

    private static KeyPair? Find(string? key, string api, string widget) =>
        key == api ? KeyPair.Api
        : key == widget ? KeyPair.Widget
        : null;
}
