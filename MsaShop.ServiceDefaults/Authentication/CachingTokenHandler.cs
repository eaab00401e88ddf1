using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Checks each token once: a shopper sends the same one with every request, and a signature costs more to check than the
/// rest of many requests.
/// </summary>
/// <param name="valid">The cache.</param>
internal sealed class CachingTokenHandler(IMemoryCache valid) : JsonWebTokenHandler
{
    /// <inheritdoc />
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        // The whole token with its signature is the key, so a changed token is another one.
        if (valid.TryGetValue(token, out TokenValidationResult? known))
        {
            return known!;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && result.SecurityToken.ValidTo is var end && end > DateTime.UtcNow)
        {
            valid.Set(token, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = end });
        }

        return result;
    }
}

internal static class CachingTokenHandlerExtensions
{
    /// <summary>In tokens: about a kilobyte each.</summary>
    private const int Capacity = 10_000;

    /// <summary>Makes a scheme cache the tokens that it has checked.</summary>
    public static void UseCachingTokenHandler(this JwtBearerOptions options)
    {
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(
            new CachingTokenHandler(new MemoryCache(new MemoryCacheOptions { SizeLimit = Capacity }))
            {
                MapInboundClaims = false,
            }
        );
    }
}
