using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>
/// Determines a body's charset before anything reads it: the framework does not understand quoted charsets, and takes an
/// unknown one for its own fault.
/// </summary>
internal static class BodyCharsets
{
    public static IApplicationBuilder UseBodyCharsets(this IApplicationBuilder app)
    {
        // The charsets of older Korean programs, EUC-KR above all.
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
        // Unknown, or withdrawn: UTF-7 can smuggle content.
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
