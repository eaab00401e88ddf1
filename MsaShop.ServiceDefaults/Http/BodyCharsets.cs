using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Normalizes the charset of a body before it is read: the framework does not accept a quoted charset, and fails with a
/// 500 on an unknown one.
/// </summary>
internal static class BodyCharsets
{
    public static IApplicationBuilder UseBodyCharsets(this IApplicationBuilder app)
    {
        // Adds legacy charsets of Korean programs, above all EUC-KR.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return app.Use(
            (context, next) =>
            {
                if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue)
                {
                    type.Charset = Find(HeaderUtilities.RemoveQuotes(type.Charset).ToString()).WebName;
                    context.Request.ContentType = type.ToString();
                }

                return next(context);
            }
        );
    }

    private static Encoding Find(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset);
        }
        // Unknown, or no longer supported: UTF-7 can smuggle markup past filters.
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new BadHttpRequestException(
                "The charset is not known.",
                StatusCodes.Status415UnsupportedMediaType,
                exception
            );
        }
    }
}
