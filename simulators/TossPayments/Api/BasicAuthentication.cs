using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Api;

/// <summary><c>Authorization: Basic base64(secretKey + ":")</c>, in standard base64 with padding.</summary>
internal static class BasicAuthentication
{
    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The secret key and its pair, or the error in the header.</summary>
    public static (string Key, KeyPair Pair, TossError? Error) Read(HttpRequest request, KeyRing keys)
    {
        if (request.Headers.Authorization.Count == 0)
        {
            return ("", default, TossErrors.UnauthorizedKey);
        }

        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { Length: > 0 } parameter
            || !Base64.IsValid(parameter)
            || !TryDecode(parameter, out var credentials)
            || !credentials.EndsWith(':')
        )
        {
            return ("", default, TossErrors.IncorrectBasicAuthFormat);
        }

        var key = credentials[..^1];
        return keys.OfSecretKey(key) is { } pair ? (key, pair, null) : ("", default, TossErrors.UnauthorizedKey);
    }

    private static bool TryDecode(string base64, out string text)
    {
        try
        {
            text = s_utf8.GetString(Convert.FromBase64String(base64));
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
