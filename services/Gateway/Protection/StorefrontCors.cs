using Microsoft.Net.Http.Headers;

namespace MsaShop.Gateway.Protection;

/// <summary>The web pages that may call the API with their cookies: those from <c>Cors:Origins</c>.</summary>
internal static class StorefrontCors
{
    public static void AddStorefrontCors(this IHostApplicationBuilder builder)
    {
        var origins = builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
        builder.Services.AddCors(options =>
            options.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins(origins)
                    .AllowCredentials()
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(
                        HeaderNames.ETag,
                        HeaderNames.Location,
                        HeaderNames.RetryAfter,
                        IdempotencyKey.ReplayedHeaderName
                    )
                    .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            )
        );
    }
}
