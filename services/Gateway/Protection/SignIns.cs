using System.Text.Json;
using Microsoft.AspNetCore.RateLimiting;

namespace MsaShop.Gateway.Protection;

/// <summary>A request to sign in or up, as the rate limits see it.</summary>
/// <param name="Key">An account at an address, or a user who has signed in with this browser before.</param>
/// <param name="Address">Where all strangers share a limit; null for a known browser.</param>
internal sealed record SignIn(string Key, string? Address);

/// <summary>
/// Finds out who wants to sign in before the limits count, so that people behind one address do not count as one. The
/// account is read from the body; bodies without one count together, because no password is hashed for them.
/// </summary>
internal static class SignIns
{
    private const int LargestBody = 16 * 1024;
    private const int LongestEmail = 320;

    public static IApplicationBuilder UseSignIns(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.IsSignIn())
                {
                    context.Features.Set(await FindAsync(context));
                }

                await next(context);
            }
        );

    public static bool IsSignIn(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.SignIn;

    public static SignIn GetSignIn(this HttpContext context) => context.Features.Get<SignIn>()!;

    private static async Task<SignIn> FindAsync(HttpContext context)
    {
        var cookies = context.RequestServices.GetRequiredService<DeviceCookies>();
        if (await cookies.ReadAsync(context.Request.Cookies[DeviceCookies.Name]) is { } device)
        {
            // Not by browser: somebody with one account could have any number of them.
            return new SignIn($"sign-in of user {device.Subject}", null);
        }

        var address = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        var account = await ReadAccountAsync(context);
        return new SignIn($"sign-in at {address} of {account ?? "nobody"}", $"sign-in at {address}");
    }

    private static async Task<string?> ReadAccountAsync(HttpContext context)
    {
        // Larger bodies are left to the size limit.
        if (context.Request.ContentLength > LargestBody)
        {
            return null;
        }

        context.LiftBodySizeLimit();
        context.Request.EnableBuffering();
        var buffer = new byte[LargestBody];
        var length = await context.Request.Body.ReadAtLeastAsync(
            buffer,
            LargestBody,
            throwOnEndOfStream: false,
            context.RequestAborted
        );
        context.Request.Body.Position = 0;
        try
        {
            using var body = JsonDocument.Parse(buffer.AsMemory(0, length));
            return FindEmail(body.RootElement) is { Length: > 0 and <= LongestEmail } email ? email : null;
        }
        // InvalidOperationException: JSON with half a surrogate pair in it. user-svc refuses either.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The e-mail address as user-svc reads it.</summary>
    private static string? FindEmail(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
            ? body.EnumerateObject()
                .Where(member =>
                    member.Name.Equals("email", StringComparison.OrdinalIgnoreCase)
                    && member.Value.ValueKind == JsonValueKind.String
                )
                .Select(member => member.Value.GetString()!.Trim().ToLowerInvariant())
                .LastOrDefault()
            : null;
}
