using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>Tokens that nobody may believe, made from one that is right and from the shop's own key.</summary>
internal static class SweepTokens
{
    public static IEnumerable<(string Label, string? Authorization)> Bad(string good, string signingKey)
    {
        var parts = good.Split('.');
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey), out _);

        var admin = Change(parts[1], claims => claims["role"] = "ADMIN");
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeSeconds();
        var expired = Change(
            parts[1],
            claims =>
            {
                claims["role"] = "ADMIN";
                claims["exp"] = yesterday;
                claims["nbf"] = yesterday - 900;
                claims["iat"] = yesterday - 900;
            }
        );
        var elsewhere = Change(parts[1], claims => claims["aud"] = "another-shop");
        var unsigned = Encode("""{"alg":"none","typ":"JWT"}"""u8.ToArray());

        return
        [
            ("no token", null),
            ("an empty token", "Bearer "),
            ("a token that is none", "Bearer garbage"),
            ("a token of three dots", "Bearer a.b.c"),
            ("a password", "Basic YWRtaW46YWRtaW4="),
            ("a token changed into an admin's", $"Bearer {parts[0]}.{admin}.{parts[2]}"),
            ("a token without a signature", $"Bearer {unsigned}.{admin}."),
            ("a token signed by somebody else", $"Bearer {Sign(parts[0], admin, own)}"),
            ("a token that has expired", $"Bearer {Sign(parts[0], expired, key)}"),
            ("a token for another audience", $"Bearer {Sign(parts[0], elsewhere, key)}"),
        ];
    }

    private static string Change(string part, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Decode(part))!.AsObject();
        change(claims);
        return Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    private static string Sign(string header, string claims, ECDsa key) =>
        $"{header}.{claims}.{Encode(key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256))}";

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
