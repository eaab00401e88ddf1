using System.Text.Json;
using Microsoft.AspNetCore.RateLimiting;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Gateway.Protection;

/// <summary>Who wants to sign in or up, as far as the limits are concerned.</summary>
/// <param name="Key">What is limited: an account at an address, or a user who has signed in in this browser before.</param>
/// <param name="Address">The address, where all strangers together are limited too; null for who has been here before.</param>
internal sealed record SignIn(string Key, string? Address);

/// <summary>
/// Finds out who wants to sign in before the limits count it, so that many people behind one address do not count as one. The
/// account is looked for in the body; bodies in which there is none count together, for no password is hashed for them.
/// </summary>
internal static class SignIns
{
    private const int LargestBody = 16 * 1024;
    private const int LongestEmail = 320;

    /// <summary>Finds out.</summary>
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

    /// <summary>Whether the request is to sign in or up.</summary>
    public static bool IsSignIn(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.SignIn;

    /// <summary>Who wants to.</summary>
    public static SignIn GetSignIn(this HttpContext context) => context.Features.Get<SignIn>()!;

    private static async Task<SignIn> FindAsync(HttpContext context)
    {
        var cookies = context.RequestServices.GetRequiredService<DeviceCookies>();
        if (await cookies.ReadAsync(context.Request.Cookies[DeviceCookies.Name]) is { } device)
        {
            // Not by the browser: somebody with one account could have as many as he likes.
            return new SignIn($"sign-in of user {device.Subject}", null);
        }

        var address = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        var account = await ReadAccountAsync(context);
        return new SignIn($"sign-in at {address} of {account ?? "nobody"}", $"sign-in at {address}");
    }

    private static async Task<string?> ReadAccountAsync(HttpContext context)
    {
        // Of more than this much the limit of size will judge.
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
        // The latter where it is JSON, with half a letter in it. user-svc will say what is wrong with either.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The address as user-svc reads it.</summary>
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
