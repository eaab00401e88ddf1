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
/// A file written while its rows are read in portions: the provider keeps a whole result in memory, so that it can retry a
/// query. A failure halfway breaks the connection, so that the file is not taken for complete.
/// </summary>
public sealed class CsvFile<T> : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "text/csv";
    private const int BatchSize = 500;

    private static readonly CsvWriterOptions s_options = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
    };

    private readonly string _fileName;
    private readonly IReadOnlyList<CsvColumn<T>> _columns;
    private readonly CsvFormat _format;
    private readonly Func<long, IQueryable<T>> _before;
    private readonly Func<T, long> _idOf;

    internal CsvFile(
        string fileName,
        IReadOnlyList<CsvColumn<T>> columns,
        CsvFormat format,
        Func<long, IQueryable<T>> before,
        Func<T, long> idOf
    )
    {
        _fileName = fileName;
        _columns = columns;
        _format = format;
        _before = before;
        _idOf = idOf;
    }

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
        // Before anything is written: a failure here is answered like any other.
        var rows = await ReadAsync(long.MaxValue, cancellationToken);

        var response = httpContext.Response;
        response.ContentType = $"{ContentType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"\"{_fileName}\"",
        }.ToString();

        await using var csv = CsvWriter.Create(response.Body, s_options, leaveOpen: true);
        foreach (var column in _columns)
        {
            csv.WriteField(_format.IsKorean ? column.Korean : column.English);
        }

        await csv.EndRecordAsync(cancellationToken);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                foreach (var column in _columns)
                {
                    csv.WriteField(
                        Guard(Convert.ToString(column.Value(row, _format), CultureInfo.InvariantCulture) ?? "")
                    );
                }

                await csv.EndRecordAsync(cancellationToken);
            }

            rows = rows.Count < BatchSize ? [] : await ReadAsync(_idOf(rows[^1]), cancellationToken);
        }
    }

    /// <summary>Spreadsheets also take full-width signs for formulas; the writer guards against the others.</summary>
    private static string Guard(string text) => text is ['＝' or '＋' or '－' or '＠', ..] ? $"'{text}" : text;

    private Task<List<T>> ReadAsync(long before, CancellationToken cancellationToken) =>
        _before(before).Take(BatchSize).ToListAsync(cancellationToken);
}
