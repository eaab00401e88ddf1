using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>How much of a request's body the server reads.</summary>
public static class BodySizeExtensions
{
    /// <summary>
    /// Ends the server's own limit for this request, unless its body is being read already. The caller sees to it that
    /// what is read is thrown away, or limited in another way.
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
