using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Tokens with which one service calls another's <c>/internal</c> endpoints: JWTs for one callee, valid for five minutes,
/// signed with ES256 and the caller's own key, <c>ServiceTokens:Key</c> (PKCS #8 in base64). A service accepts callers whose
/// public keys it has, <c>ServiceTokens:Callers:{name}</c> (SubjectPublicKeyInfo in base64), each under its own name. A
/// leaked key is therefore one service's, and opens what that service may call. During a rotation both public keys are
/// given, separated by a blank.
/// </summary>
/// <param name="self">The calling service.</param>
/// <remarks> All services of the first release share one key, and know no other. During that update the new ones are given
/// it too, <see cref="SharedKey"/>: they accept it, and send what the first release accepts. </remarks>
public sealed class ServiceTokens(IConfiguration configuration, ServiceIdentity self, TimeProvider time)
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "ServiceToken";

    /// <summary>The path of the endpoints that require such a token.</summary>
    internal const string Path = "/internal";

    /// <summary>This release looks here first; the first release looks at the bearer token alone.</summary>
    internal const string Header = "Service-Token";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a token is reused.</summary>
    private static readonly TimeSpan s_reuse = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new();

    // Created on demand: a service that calls nobody has no key.
    private readonly Lazy<SigningCredentials> _credentials = new(() =>
        new SigningCredentials(ReadKey(configuration), SecurityAlgorithms.EcdsaSha256)
    );

    private readonly SigningCredentials? _shared = SharedKey.Read(configuration) is { } key
        ? new SigningCredentials(key, SecurityAlgorithms.HmacSha256)
        : null;

    private readonly ConcurrentDictionary<string, (string Token, DateTime MadeAt)> _made = new();
    private readonly ConcurrentDictionary<string, (string Token, DateTime MadeAt)> _madeForFirstRelease = new();

    /// <summary>A token for calling this service, valid for another four minutes at least.</summary>
    public string CreateFor(string callee) => Reuse(_made, callee, () => Create(callee, s_lifetime));

    /// <summary>The same for the first release; null without the shared key.</summary>
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

    /// <summary>A token with further claims.</summary>
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

    /// <summary>How tokens for this audience are validated.</summary>
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
            // A token must be signed with the key of the caller that it names.
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
        // Lives as long as the process.
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new ECDsaSecurityKey(key);
    }
}

/// <summary>Adds a service token to each request.</summary>
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
            // A repeated request has it already.
            request.Headers.Remove(ServiceTokens.Header);
            request.Headers.Add(ServiceTokens.Header, token);
        }

        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Checks service tokens.</summary>
internal static class ServiceTokenExtensions
{
    public static AuthenticationBuilder AddServiceTokens(
        this AuthenticationBuilder authentication,
        WebApplicationBuilder builder
    )
    {
        builder.Services.AddSingleton<ServiceTokens>();
        return authentication.AddJwtBearer(
            ServiceTokens.Scheme,
            options =>
            {
                options.MapInboundClaims = false;
                options.UseCachingTokenHandler();
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
