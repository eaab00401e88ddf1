using Microsoft.Net.Http.Headers;

namespace MsaShop.Gateway.Protection;

/// <summary>Which web pages may call the API: those from <c>Cors:Origins</c>, with their cookies.</summary>
internal static class StorefrontCors
{
    /// <summary>Adds the default policy.</summary>
    public static WebApplicationBuilder AddStorefrontCors(this WebApplicationBuilder builder)
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
                        "Idempotency-Replayed"
                    )
                    .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            )
        );
        return builder;
    }
}
