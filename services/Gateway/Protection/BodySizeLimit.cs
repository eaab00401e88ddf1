using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.Gateway.Protection;

internal static class BodySizeLimit
{
    private const int BufferSize = 16 * 1024;

    /// <summary>
    /// Refuses a body that is too large before any of it is forwarded: half a body looks like a lost client to the service,
    /// and like a lost service to the client. A body without a length is read to its end first.
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
        // The server's own limit would stop reading the rest of the body, and the client might miss the refusal.
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

        // With the length known up front, the service can refuse the body unread.
        context.Request.ContentLength = context.Request.Body.Position;
        context.Request.Headers.TransferEncoding = default;
        context.Request.Body.Position = 0;
    }

    private static BadHttpRequestException TooLarge() =>
        new("The request's body is too large.", StatusCodes.Status413PayloadTooLarge);
}
