using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Caches valid tokens until they expire: a client sends the same token with every request, and verifying its signature
/// costs more than the rest of many requests.
/// </summary>
internal sealed class CachingTokenHandler(IMemoryCache valid) : JsonWebTokenHandler
{
    /// <summary>Tokens, about 1 KB each.</summary>
    private const int Capacity = 10_000;

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        // The key includes the signature, so a tampered token never matches.
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

    public static void UseFor(JwtBearerOptions options)
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
