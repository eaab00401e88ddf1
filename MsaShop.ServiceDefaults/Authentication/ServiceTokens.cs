using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Tokens for calls to another service's <c>/internal</c> endpoints: JWTs for one callee, valid for five minutes,
/// signed with ES256 and the caller's own key <c>ServiceTokens:Key</c> (PKCS #8 in base64). The callee trusts the
/// public keys in <c>ServiceTokens:Callers:{name}</c> (SubjectPublicKeyInfo in base64), each for that name alone, so a
/// leaked key opens only what its service may call. While a key is rotated, both public keys are listed, separated by a
/// space.
/// </summary>
/// <remarks>
/// Services of the first release all sign with one shared key and know no other. During the update from it, its
/// successors get that key too (<see cref="SharedKey"/>): they accept it, and send a token that the first release
/// accepts.
/// </remarks>
/// <param name="self">The calling service.</param>
public sealed class ServiceTokens(IConfiguration configuration, ServiceIdentity self, TimeProvider time)
{
    /// <summary>The authentication scheme of service tokens.</summary>
    public const string Scheme = "ServiceToken";

    internal const string Path = "/internal";

    /// <summary>Checked before <c>Authorization</c>, the only header that the first release reads.</summary>
    internal const string Header = "Service-Token";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a token is reused.</summary>
    private static readonly TimeSpan s_reuse = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new();

    // Lazy, because a service that calls none has no key.
    private readonly Lazy<SigningCredentials> _credentials = new(() =>
        new SigningCredentials(ReadKey(configuration), SecurityAlgorithms.EcdsaSha256)
    );

    private readonly SigningCredentials? _shared = SharedKey.Read(configuration) is { } key
        ? new SigningCredentials(key, SecurityAlgorithms.HmacSha256)
        : null;

    private readonly ConcurrentDictionary<string, (string Token, DateTime MadeAt)> _made = new();
    private readonly ConcurrentDictionary<string, (string Token, DateTime MadeAt)> _madeForFirstRelease = new();

    /// <summary>A token for calls to this service, valid for at least four more minutes.</summary>
    public string CreateFor(string callee) => Reuse(_made, callee, () => Create(callee, s_lifetime));

    /// <summary>A token that the first release accepts; null unless the shared key is configured.</summary>
    internal string? CreateForFirstRelease(string callee) =>
        _shared is null ? null : Reuse(_madeForFirstRelease, callee, () => Sign(callee, s_lifetime, _shared));

    private string Reuse(
        ConcurrentDictionary<string, (string Token, DateTime MadeAt)> made,
        string callee,
        Func<string> create
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (made.TryGetValue(callee, out var last) && now - last.MadeAt < s_reuse && now >= last.MadeAt)
        {
            return last.Token;
        }

        var token = create();
        made[callee] = (token, now);
        return token;
    }

    /// <summary>A token with claims beyond the service's name.</summary>
    internal string Create(string audience, TimeSpan lifetime, params (string Name, object Value)[] claims) =>
        Sign(audience, lifetime, _credentials.Value, claims);

    private string Sign(
        string audience,
        TimeSpan lifetime,
        SigningCredentials credentials,
        params (string Name, object Value)[] claims
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = audience,
                Claims = new Dictionary<string, object>(
                    claims.Select(claim => KeyValuePair.Create(claim.Name, claim.Value))
                )
                {
                    [AccessTokens.SubjectClaim] = self.Name,
                },
                IssuedAt = now,
                NotBefore = now,
                Expires = now + lifetime,
                SigningCredentials = credentials,
            }
        );
    }

    internal static TokenValidationParameters RulesFor(string audience, IConfiguration configuration)
    {
        var callers = configuration
            .GetSection("ServiceTokens:Callers")
            .GetChildren()
            .ToDictionary(caller => caller.Key, caller => AccessTokens.ReadPublicKeys(caller.Value!));
        return new TokenValidationParameters
        {
            ValidIssuer = AccessTokens.Issuer,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            // A token must be signed with a key of the service that it names as its subject.
            IssuerSigningKeyResolver = (_, token, _, _) =>
                token is JsonWebToken { Subject: { } name } && callers.TryGetValue(name, out var keys) ? keys : [],
            ValidAudience = audience,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
    }

    private static ECDsaSecurityKey ReadKey(IConfiguration configuration)
    {
        var pkcs8 = Convert.FromBase64String(
            configuration["ServiceTokens:Key"]
                ?? throw new InvalidOperationException("ServiceTokens:Key is not configured.")
        );
        // Never disposed: it signs until the process ends.
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new ECDsaSecurityKey(key);
    }
}

internal sealed class ServiceTokenHandler(ServiceTokens tokens, string callee) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var token = tokens.CreateFor(callee);
        var former = tokens.CreateForFirstRelease(callee);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", former ?? token);
        if (former is not null)
        {
            // A retry already has the header.
            request.Headers.Remove(ServiceTokens.Header);
            request.Headers.Add(ServiceTokens.Header, token);
        }

        return base.SendAsync(request, cancellationToken);
    }
}

internal static class ServiceTokenExtensions
{
    public static AuthenticationBuilder AddServiceTokens(
        this AuthenticationBuilder authentication,
        IHostApplicationBuilder builder
    )
    {
        builder.Services.AddSingleton<ServiceTokens>();
        return authentication.AddJwtBearer(
            ServiceTokens.Scheme,
            options =>
            {
                options.MapInboundClaims = false;
                CachingTokenHandler.UseFor(options);
                options.Events = new JwtBearerEvents
                {
                    OnMessageReceived = context =>
                    {
                        context.Token = context.Request.Headers[ServiceTokens.Header];
                        return Task.CompletedTask;
                    },
                };
                var rules = ServiceTokens.RulesFor(
                    builder
                        .Services.Select(service => service.ImplementationInstance)
                        .OfType<ServiceIdentity>()
                        .Single()
                        .Name,
                    builder.Configuration
                );
                options.TokenValidationParameters = SharedKey.Read(builder.Configuration) is { } shared
                    ? SharedKey.AddTo(rules, shared)
                    : rules;
            }
        );
    }
}
