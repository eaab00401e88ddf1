using Microsoft.AspNetCore.Http.Features;
using MsaShop.ServiceDefaults;

namespace MsaShop.Gateway.Protection;

/// <summary>Turns large bodies away.</summary>
internal static class BodySizeLimit
{
    /// <summary>
    /// Refuses a body that is too large before anything of it is forwarded: half a body would look to the service behind
    /// like a client that went away, and to the client like a service that did. One that does not say its size is read
    /// to its end first; the server stops it at the limit.
    /// </summary>
    public static void UseBodySizeLimit(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (context.Request.ContentLength > ServiceDefaultsExtensions.MaxRequestBodySize)
                {
                    throw new BadHttpRequestException(
                        "The request's body is too large.",
                        StatusCodes.Status413PayloadTooLarge
                    );
                }

                if (
                    context.Request.ContentLength is null
                    && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
                )
                {
                    context.Request.EnableBuffering();
                    await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                    context.Request.Body.Position = 0;
                }

                await next(context);
            }
        );
}
