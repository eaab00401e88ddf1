using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Controls the server's limit on a request's body.</summary>
public static class BodySizeExtensions
{
    /// <summary>
    /// Lifts the server's limit for this request, unless its body is already being read. The caller must discard what
    /// is read, or limit it in another way.
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
