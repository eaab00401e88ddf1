using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Checks each token once: the same token is good until it expires, and a shopper sends the same one with every request.
/// A signature costs more to check than the rest of many a request.
/// </summary>
/// <param name="valid">Where the tokens are remembered.</param>
internal sealed class CachingTokenHandler(IMemoryCache valid) : JsonWebTokenHandler
{
    /// <inheritdoc />
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        // The whole token is the key, its signature with it: a changed one is another.
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
    /// <summary>How many tokens are remembered: about a kilobyte each.</summary>
    private const int Capacity = 10_000;

    /// <summary>Makes a scheme remember the tokens that it has checked.</summary>
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
