using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Access tokens: short-lived JWTs that user-svc alone signs, with ES256. Every service verifies them with the public
/// key in <c>AccessTokens:PublicKey</c>: SubjectPublicKeyInfo in base64, or several separated by spaces while a key is
/// rotated.
/// </summary>
public static class AccessTokens
{
    /// <summary>Both the issuer and the audience of the tokens.</summary>
    public const string Issuer = "msa-shop";

    /// <summary>Claim: the user's id.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>Claim: the user's e-mail address.</summary>
    public const string EmailClaim = "email";

    /// <summary>Claim: the user's role, USER or ADMIN.</summary>
    public const string RoleClaim = "role";

    /// <summary>The role of those who manage the shop.</summary>
    public const string AdminRole = "ADMIN";

    /// <summary>
    /// Authenticates access tokens and service tokens, and requires one of them on every endpoint that does not opt
    /// out. Handlers may take a <see cref="CurrentUser"/>. A token's ADMIN role counts only if the registered
    /// <see cref="IAdminCheck"/> confirms it: <see cref="AdminProofs"/>, unless the service registers another.
    /// </summary>
    public static TBuilder AddAccessTokens<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton<AdminProofs>();
        builder.Services.AddSingleton<DeviceCookies>();
        builder.Services.AddSingleton<IAdminCheck>(services => services.GetRequiredService<AdminProofs>());
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                CachingTokenHandler.UseFor(options);
                options.Events = new JwtBearerEvents { OnTokenValidated = AdminChecks.ApplyAsync };
                // Service tokens would fail here, each with an exception.
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
        // Never disposed: the token handler uses it until the process ends.
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
        return new ECDsaSecurityKey(key);
    }
}

/// <summary>Names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>An access token with the role ADMIN, confirmed by the <see cref="IAdminCheck"/>.</summary>
    public const string Admin = "admin";

    /// <summary>The token of a service that the endpoint lists with <see cref="Callers.CalledBy"/>.</summary>
    public const string Service = "service";
}
