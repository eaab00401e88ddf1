using MsaShop.ServiceDefaults;

namespace MsaShop.Gateway.Protection;

/// <summary>Turns large bodies away.</summary>
internal static class BodySizeLimit
{
    /// <summary>
    /// Refuses a body that says it is too large before anything of it is forwarded. The server stops one that does not say.
    /// </summary>
    public static void UseBodySizeLimit(this WebApplication app) =>
        app.Use(
            (context, next) =>
                context.Request.ContentLength > ServiceDefaultsExtensions.MaxRequestBodySize
                    ? throw new BadHttpRequestException(
                        "The request's body is too large.",
                        StatusCodes.Status413PayloadTooLarge
                    )
                    : next(context)
        );
}
