using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Answers HEAD as GET without the body, which the framework's endpoints do not.</summary>
internal static class HeadRequests
{
    /// <summary>Call it before routing, which depends on the method.</summary>
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
