using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace MsaShop.ServiceDefaults.Text;

/// <summary>Does for queries and forms what <see cref="LineConverter"/> does for bodies.</summary>
internal static class CleanRequests
{
    public static IApplicationBuilder UseCleanRequests(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var faults = new Dictionary<string, string[]>();
                if (HasOddLetters(context.Request.QueryString))
                {
                    context.Request.Query = new QueryCollection(Clean(context.Request.Query, faults));
                }

                if (TakesForm(context))
                {
                    var form = await ReadFormAsync(context);
                    context.Request.Form = new FormCollection(Clean(form, faults), form.Files);
                }

                if (faults.Count > 0)
                {
                    await TypedResults.ValidationProblem(faults).ExecuteAsync(context);
                    return;
                }

                await next(context);
            }
        );

    /// <summary>Whether the query needs cleaning at all; most consist of plain letters.</summary>
    private static bool HasOddLetters(QueryString query) =>
        query.Value is { } text && (text.AsSpan().ContainsAny('%', '+') || !Ascii.IsValid(text));

    private static bool TakesForm(HttpContext context) =>
        context.Request.HasFormContentType
        && context
            .GetEndpoint()
            ?.Metadata.GetMetadata<IAcceptsMetadata>()
            ?.ContentTypes.Any(type => type is "application/x-www-form-urlencoded" or "multipart/form-data") == true;

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            throw new BadHttpRequestException("The form cannot be read.", exception);
        }
    }

    private static Dictionary<string, StringValues> Clean(
        IEnumerable<KeyValuePair<string, StringValues>> values,
        Dictionary<string, string[]> faults
    )
    {
        var clean = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, texts) in values)
        {
            if (texts.All(text => ShopText.IsText(text ?? "", inLines: false)))
            {
                clean[name] = new StringValues([.. texts.Select(text => ShopText.Clean(text ?? ""))]);
            }
            else
            {
                faults[name] = [UnfitTextException.Requirement];
            }
        }

        return clean;
    }
}
