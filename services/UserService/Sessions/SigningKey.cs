using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.UserService.Sessions;

/// <summary>The key that only user-svc has: <c>AccessTokens:SigningKey</c>, P-256, PKCS #8 in base64.</summary>
public sealed class SigningKey
{
    /// <exception cref="InvalidOperationException">The key is not configured.</exception>
    public SigningKey(IConfiguration configuration)
    {
        var pkcs8 = Convert.FromBase64String(
            configuration["AccessTokens:SigningKey"]
                ?? throw new InvalidOperationException("AccessTokens:SigningKey is not configured.")
        );
        // Lives as long as the process.
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        Credentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256);
        RefreshTokenKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.ExportParameters(includePrivateParameters: true).D!,
            outputLength: 32,
            info: Encoding.ASCII.GetBytes("msa-shop refresh token successor")
        );
    }

    /// <summary>Signs access tokens.</summary>
    public SigningCredentials Credentials { get; }

    /// <summary>Derives a refresh token from its predecessor; the same in every replica.</summary>
    public byte[] RefreshTokenKey { get; }
}
