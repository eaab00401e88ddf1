using System.Globalization;
using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace MsaShop.Csv;

/// <summary>
/// Streams the file in batches, because the provider buffers a whole result so that it can retry the query. An error
/// midway aborts the connection, so the client does not take the file for complete.
/// </summary>
public sealed class CsvFile<T>(
    string fileName,
    IReadOnlyList<CsvColumn<T>> columns,
    CsvFormat format,
    Func<long, IQueryable<T>> before,
    Func<T, long> idOf
) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "text/csv";
    private const int BatchSize = 500;

    private static readonly CsvWriterOptions s_options = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
    };

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));
    }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var cancellationToken = httpContext.RequestAborted;
        // Before the response starts: a failure here still gets a normal error response.
        var rows = await ReadAsync(long.MaxValue, cancellationToken);

        var response = httpContext.Response;
        response.ContentType = $"{ContentType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"\"{fileName}\"",
        }.ToString();

        await using var csv = CsvWriter.Create(response.Body, s_options, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(format.IsKorean ? column.Korean : column.English);
        }

        await csv.EndRecordAsync(cancellationToken);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                foreach (var column in columns)
                {
                    csv.WriteField(
                        Guard(Convert.ToString(column.Value(row, format), CultureInfo.InvariantCulture) ?? "")
                    );
                }

                await csv.EndRecordAsync(cancellationToken);
            }

            rows = rows.Count < BatchSize ? [] : await ReadAsync(idOf(rows[^1]), cancellationToken);
        }
    }

    /// <summary>Spreadsheets read full-width signs as formulas too; CsvHelper escapes only the ASCII ones.</summary>
    private static string Guard(string text) => text is ['＝' or '＋' or '－' or '＠', ..] ? $"'{text}" : text;

    private Task<List<T>> ReadAsync(long id, CancellationToken cancellationToken) =>
        before(id).Take(BatchSize).ToListAsync(cancellationToken);
}
