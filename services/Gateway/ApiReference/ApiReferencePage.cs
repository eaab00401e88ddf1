using System.Globalization;
using Microsoft.AspNetCore.Routing;
using MsaShop.Gateway.Routing;
using Scalar.AspNetCore;

namespace MsaShop.Gateway.ApiReference;

/// <summary>The API reference: one page with the OpenAPI documents of all services, which can also try requests.</summary>
internal static class ApiReferencePage
{
    private const string Path = "/docs";

    /// <summary>Scripts from this host only, and requests to nobody else.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    public static bool Serves(PathString path) => path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);

    public static void MapApiReference(this WebApplication app) =>
        app.MapScalarApiReference(
                Path,
                options =>
                {
                    options
                        .WithTitle("MSA Shop API")
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp();
                    foreach (var part in ServiceRoutes.Services.Keys)
                    {
                        options.AddDocument(
                            part,
                            CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part),
                            $"/openapi/{part}.json"
                        );
                    }
                }
            )
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .AllowAnonymous();
}
