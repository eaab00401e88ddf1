using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Gateway.Protection;

/// <summary>So many requests in such a time; they may come at once, and are then granted again one by one.</summary>
internal sealed class RateLimit
{
    /// <summary>How many.</summary>
    public int Permits { get; set; }

    /// <summary>In which time.</summary>
    public TimeSpan Window { get; set; }

    public RateLimitPartition<string> For(string client) =>
        RateLimitPartition.GetTokenBucketLimiter(
            client,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Permits,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = Window / Permits,
            }
        );
}

/// <summary>
/// How fast a client may ask: the configuration section <c>RateLimits</c>. A client is a signed-in user, or an address
/// where nobody is signed in. Each replica of the gateway counts for itself.
/// </summary>
internal sealed class RateLimits
{
    /// <summary>The policy for endpoints that take a password.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy for what charges a card.</summary>
    public const string Confirm = "confirm";

    /// <summary>For the whole API.</summary>
    public RateLimit General { get; set; } = new() { Permits = 1200, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// For signing in and signing up, in place of the general limit: by account and address, or by user where they have signed in
    /// before. Each makes user-svc hash a password, which is what the limit is for; user-svc itself makes guessing slow.
    /// </summary>
    public RateLimit SignInLimit { get; set; } = new() { Permits = 20, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// The same for all strangers at an address together: a school or a mobile network has one, and a hundred people behind it
    /// may come at once.
    /// </summary>
    public RateLimit SignInAddressLimit { get; set; } = new() { Permits = 300, Window = TimeSpan.FromMinutes(1) };

    /// <summary>For confirming payments, by user: each makes payment-svc ask Toss, which counts too.</summary>
    public RateLimit ConfirmLimit { get; set; } = new() { Permits = 30, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// For webhooks, by address, in place of the general limit: all of Toss's come from a few addresses, and none of them
    /// should have to be sent twice; but anybody may call there.
    /// </summary>
    public RateLimit WebhookLimit { get; set; } = new() { Permits = 6000, Window = TimeSpan.FromMinutes(1) };
}

/// <summary>Limits the rate of requests.</summary>
internal static class RateLimitExtensions
{
    /// <summary>Adds the limits.</summary>
    public static WebApplicationBuilder AddRateLimits(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("RateLimits");
        var limits = new RateLimits();
        section.GetSection("General").Bind(limits.General);
        section.GetSection("SignIn").Bind(limits.SignInLimit);
        section.GetSection("SignInAddress").Bind(limits.SignInAddressLimit);
        section.GetSection("Confirm").Bind(limits.ConfirmLimit);
        section.GetSection("Webhooks").Bind(limits.WebhookLimit);

        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                IsUnder(context, "/api/payments/webhooks") ? limits.WebhookLimit.For($"webhook {AddressOf(context)}")
                : context.IsSignIn() ? limits.SignInLimit.For(context.GetSignIn().Key)
                : IsUnder(context, "/api") ? limits.General.For(ClientOf(context))
                : RateLimitPartition.GetNoLimiter("")
            );
            options.AddPolicy(
                RateLimits.SignIn,
                context =>
                    context.GetSignIn().Address is { } address
                        ? limits.SignInAddressLimit.For(address)
                        : RateLimitPartition.GetNoLimiter("")
            );
            options.AddPolicy(RateLimits.Confirm, context => limits.ConfirmLimit.For(ClientOf(context)));
            options.OnRejected = RejectAsync;
        });
        return builder;
    }

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
            ? retryAfter
            : TimeSpan.Zero;
        await Problems
            .TooManyRequests(
                "too_many_requests",
                "There were too many requests. Try again shortly.",
                wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait
            )
            .ExecuteAsync(rejected.HttpContext);
    }

    private static bool IsUnder(HttpContext context, string path) =>
        context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static string ClientOf(HttpContext context) =>
        context.User.FindFirstValue(AccessTokens.SubjectClaim) is { } user ? $"user {user}" : AddressOf(context);

    private static string AddressOf(HttpContext context) => ClientNetwork.Of(context.Connection.RemoteIpAddress);
}
