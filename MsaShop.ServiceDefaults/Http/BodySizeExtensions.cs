using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>The size limit of a request's body.</summary>
public static class BodySizeExtensions
{
    /// <summary>
    /// Lifts the server's own limit for this request, unless the body is already being read. The caller must discard what is
    /// read, or limit it otherwise.
    /// </summary>
    public static void LiftBodySizeLimit(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
