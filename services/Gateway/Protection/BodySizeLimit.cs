using Microsoft.AspNetCore.Http.Features;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Gateway.Protection;

/// <summary>Turns large bodies away.</summary>
internal static class BodySizeLimit
{
    private const int BufferSize = 16 * 1024;

    /// <summary>
    /// Refuses a body that is too large before anything of it is forwarded: half a body would look to the service behind
    /// like a client that went away, and to the client like a service that did. One that does not say its size is read
    /// to its end first.
    /// </summary>
    public static void UseBodySizeLimit(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Request.ContentLength > ServiceDefaultsExtensions.MaxRequestBodySize)
                {
                    throw TooLarge();
                }

                if (
                    context.Request.ContentLength is null
                    && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
                )
                {
                    await ReadToEndAsync(context);
                }

                await next(context);
            }
        );

    private static async Task ReadToEndAsync(HttpContext context)
    {
        // The server's own limit would also end its reading of what is left, which lets the client hear of the refusal.
        context.LiftBodySizeLimit();

        context.Request.EnableBuffering();
        var buffer = new byte[BufferSize];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) > 0)
        {
            if (context.Request.Body.Position > ServiceDefaultsExtensions.MaxRequestBodySize)
            {
                throw TooLarge();
            }
        }

        // Whoever is behind learns the size before the first byte, and can refuse it without reading either.
        context.Request.ContentLength = context.Request.Body.Position;
        context.Request.Headers.TransferEncoding = default;
        context.Request.Body.Position = 0;
    }

    private static BadHttpRequestException TooLarge() =>
        new("The request's body is too large.", StatusCodes.Status413PayloadTooLarge);
}
