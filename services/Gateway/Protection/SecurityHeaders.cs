using Microsoft.Net.Http.Headers;
using MsaShop.Gateway.ApiReference;

namespace MsaShop.Gateway.Protection;

/// <summary>Sets the headers that restrict what browsers do with an answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers of the API are data: nothing in them may run, be framed or load anything.</summary>
    private const string DataOnly = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>On every answer, proxied or not, unless the service has set its own.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(SetAsync, context);
                return next(context);
            }
        );

    private static Task SetAsync(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.Remove(HeaderNames.Server);
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        // The storefront is another origin of the same site, and shows the pictures.
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-site");
        headers.TryAdd(
            HeaderNames.ContentSecurityPolicy,
            ApiReferencePage.Serves(context.Request.Path) ? ApiReferencePage.ContentSecurityPolicy : DataOnly
        );
        if (context.Request.IsHttps)
        {
            headers.TryAdd(HeaderNames.StrictTransportSecurity, "max-age=31536000");
        }

        return Task.CompletedTask;
    }
}
