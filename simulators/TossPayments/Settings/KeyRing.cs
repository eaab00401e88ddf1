using Microsoft.Extensions.Options;

namespace MsaShop.TossPayments.Settings;

/// <summary>A shop's two key pairs; a payment is confirmed with the pair that opened it.</summary>
public enum KeyPair
{
    /// <summary><c>_ck_</c> and <c>_sk_</c>: the payment window.</summary>
    Api,

    /// <summary><c>_gck_</c> and <c>_gsk_</c>: the payment widget.</summary>
    Widget,
}

internal sealed class KeyRing(IOptions<SimulatorOptions> options)
{
    private readonly SimulatorOptions _options = options.Value;

    public KeyPair? OfClientKey(string? key) => Find(key, _options.ClientKey, _options.WidgetClientKey);

    public KeyPair? OfSecretKey(string? key) => Find(key, _options.SecretKey, _options.WidgetSecretKey);

    private static KeyPair? Find(string? key, string api, string widget) =>
        key == api ? KeyPair.Api
        : key == widget ? KeyPair.Widget
        : null;
}
