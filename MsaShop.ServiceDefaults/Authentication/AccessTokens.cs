using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Access tokens: short-lived JWTs, signed with ES256 by user-svc and checked by every service with the configured public
/// key, <c>AccessTokens:PublicKey</c> (SubjectPublicKeyInfo in base64; several, separated by blanks, during a key rotation).
/// </summary>
public static class AccessTokens
{
    /// <summary>The tokens' issuer and audience: the shop.</summary>
    public const string Issuer = "msa-shop";

    /// <summary>The claim with the user's id.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>The claim with the user's e-mail address.</summary>
    public const string EmailClaim = "email";

    /// <summary>The claim with the user's role: USER or ADMIN.</summary>
    public const string RoleClaim = "role";

    /// <summary>The role that may manage the shop.</summary>
    public const string AdminRole = "ADMIN";

    /// <summary>
    /// Checks access tokens and service tokens, and requires one unless an endpoint allows anonymous callers. Handlers may
    /// take a <see cref="CurrentUser"/>. An administrator's token counts as one only while <see cref="IAdminCheck"/> agrees;
    /// by default that is <see cref="AdminProofs"/>.
    /// </summary>
    public static WebApplicationBuilder AddAccessTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AccessTokenMarker>();
        builder.Services.AddSingleton<AdminProofs>();
        builder.Services.AddSingleton<DeviceCookies>();
        builder.Services.AddSingleton<IAdminCheck>(services => services.GetRequiredService<AdminProofs>());
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.UseCachingTokenHandler();
                options.Events = new JwtBearerEvents { OnTokenValidated = AdminChecks.ApplyAsync };
                // Service tokens would fail here, with an exception each.
                options.ForwardDefaultSelector = context =>
                    context.Request.Path.StartsWithSegments(ServiceTokens.Path) ? ServiceTokens.Scheme : null;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = Issuer,
                    ValidAudience = Issuer,
                    ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                    IssuerSigningKeys = ReadPublicKeys(builder.Configuration),
                    NameClaimType = SubjectClaim,
                    RoleClaimType = RoleClaim,
                    ClockSkew = TimeSpan.FromSeconds(30),
                };
            })
            .AddServiceTokens(builder);

        builder
            .Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireAuthenticatedUser().RequireRole(AdminRole))
            .AddPolicy(
                Policies.Service,
                policy =>
                    policy
                        .AddAuthenticationSchemes(ServiceTokens.Scheme)
                        .RequireAuthenticatedUser()
                        .RequireAssertion(Callers.MayCall)
            )
            .SetFallbackPolicy(
                new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()
            );

        return builder;
    }

    internal static IReadOnlyList<SecurityKey> ReadPublicKeys(IConfiguration configuration) =>
        ReadPublicKeys(
            configuration["AccessTokens:PublicKey"]
                ?? throw new InvalidOperationException("AccessTokens:PublicKey is not configured.")
        );

    internal static IReadOnlyList<SecurityKey> ReadPublicKeys(string base64) =>
        [.. base64.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadPublicKey)];

    private static ECDsaSecurityKey ReadPublicKey(string base64)
    {
        // Lives as long as the process: the token handler uses it for every request.
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
        return new ECDsaSecurityKey(key);
    }
}

/// <summary>The names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>The access token of an administrator, who still is one according to <see cref="IAdminCheck"/>.</summary>
    public const string Admin = "admin";

    /// <summary>The token of another service that the endpoint lists with <see cref="Callers.CalledBy"/>.</summary>
    public const string Service = "service";
}

/// <summary>Marks a service that checks tokens.</summary>
internal sealed class AccessTokenMarker;
