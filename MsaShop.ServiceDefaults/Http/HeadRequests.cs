using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Answers HEAD like GET, without the body; the framework's GET endpoints do not accept HEAD.</summary>
internal static class HeadRequests
{
    /// <summary>Must run before routing, which matches by method.</summary>
    public static IApplicationBuilder UseHeadRequests(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await next(context);
                    return;
                }

                var response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
                context.Request.Method = HttpMethods.Get;
                context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null, response));
                try
                {
                    await next(context);
                }
                finally
                {
                    context.Features.Set(response);
                    context.Request.Method = HttpMethods.Head;
                }
            }
        );
}
