using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Proof that the gateway has asked user-svc for the current role; the cluster does not let the other services ask. It
/// is a token signed by the gateway for one service and one user, in a header that the gateway accepts from nobody.
/// Services require it for changes and exports; reading works without it, also while user-svc is down.
/// </summary>
public sealed class AdminProofs(IConfiguration configuration, ServiceIdentity self, ServiceTokens tokens) : IAdminCheck
{
    /// <summary>The header that carries the proof.</summary>
    public const string Header = "Admin-Proof";

    private const string AdminClaim = "admin";

    /// <summary>Differs from a service token's audience, so that neither token passes for the other.</summary>
    private const string AudienceSuffix = " admin";

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters _rules = ServiceTokens.RulesFor(
        self.Name + AudienceSuffix,
        configuration
    );

    /// <summary>How long a proof is valid; each is made for one request.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the request needs a proof: it is an export, or no GET, HEAD or OPTIONS.</summary>
    public static bool AreWantedFor(HttpRequest request) =>
        !(
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        ) || request.Path.Value!.TrimEnd('/').EndsWith("/export", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Creates the proof that <paramref name="userId"/> is an administrator now, for the service
    /// <paramref name="callee"/>.
    /// </summary>
    public string Create(string callee, long userId) =>
        tokens.Create(callee + AudienceSuffix, Lifetime, (AdminClaim, WordOf(userId)));

    /// <inheritdoc />
    public async Task<bool> IsAdminNowAsync(long userId, HttpContext context)
    {
        if (!AreWantedFor(context.Request))
        {
            return true;
        }

        if (context.Request.Headers[Header] is not [{ Length: > 0 } proof])
        {
            return false;
        }

        var result = await s_handler.ValidateTokenAsync(proof, _rules);
        return result.IsValid
            && result.SecurityToken is JsonWebToken { Subject: ServiceNames.Gateway } token
            && token.TryGetPayloadValue<string>(AdminClaim, out var admin)
            && admin == WordOf(userId);
    }

    private static string WordOf(long userId) => userId.ToString(CultureInfo.InvariantCulture);
}
