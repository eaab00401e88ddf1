using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Settles which charset a body is written in before anybody reads it: the framework knows no charset in quotation marks,
/// and takes one that it does not know for a fault of its own.
/// </summary>
internal static class BodyCharsets
{
    public static IApplicationBuilder UseBodyCharsets(this IApplicationBuilder app)
    {
        // What Korean programs of old write in, EUC-KR above all.
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
        // There is none of this name, or none any more: UTF-7 is a way to smuggle.
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
