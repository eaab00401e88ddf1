using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace MsaShop.Gateway.Protection;

/// <summary>A token bucket: so many requests at once, refilled evenly over the window.</summary>
internal sealed class RateLimit
{
    public int Permits { get; set; }

    /// <summary>The time in which an empty bucket fills up.</summary>
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
/// The configuration section <c>RateLimits</c>. A client is a signed-in user, or else an address. Each replica of the
/// gateway counts by itself.
/// </summary>
internal sealed class RateLimits
{
    /// <summary>The policy of endpoints that take a password.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy of charging a card.</summary>
    public const string Confirm = "confirm";

    /// <summary>The whole API.</summary>
    public RateLimit General { get; set; } = new() { Permits = 1200, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// Signing in and up, instead of the general limit: by account and address, or by user in a browser where they have
    /// signed in before. Each request makes user-svc hash a password, which this limits; user-svc itself slows guessing.
    /// </summary>
    public RateLimit SignInLimit { get; set; } = new() { Permits = 20, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// The same for all strangers at an address together. It is large, because a school or a mobile network shares one
    /// address.
    /// </summary>
    public RateLimit SignInAddressLimit { get; set; } = new() { Permits = 300, Window = TimeSpan.FromMinutes(1) };

    /// <summary>Confirming a payment, by user: each makes payment-svc call Toss, which has limits too.</summary>
    public RateLimit ConfirmLimit { get; set; } = new() { Permits = 30, Window = TimeSpan.FromMinutes(1) };

    /// <summary>
    /// Webhooks, by address, instead of the general limit: Toss's all come from a few addresses and should not have to be
    /// repeated, but anybody may call.
    /// </summary>
    public RateLimit WebhookLimit { get; set; } = new() { Permits = 6000, Window = TimeSpan.FromMinutes(1) };
}

internal static class RateLimitExtensions
{
    public static void AddRateLimits(this IHostApplicationBuilder builder)
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
