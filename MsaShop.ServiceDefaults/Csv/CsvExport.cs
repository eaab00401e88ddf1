using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Csv;

/// <summary>Options of an export. Bind it with <c>[AsParameters]</c>.</summary>
public sealed record CsvRequest
{
    internal const string Korean = "ko";

    /// <summary>The language of the headings and words: <c>ko</c> (default) or <c>en</c>.</summary>
    // OpenAPI documents include XML comments of MsaShop.ServiceDefaults only, hence the attributes.
    [Description("The language of the file: ko or en.")]
    [AllowedValues(null, Korean, "en", ErrorMessage = "The field {0} takes ko and en.")]
    [DefaultValue(Korean)]
    public string? Lang { get; init; }

    /// <summary>The IANA time zone of the file's times; Seoul by default.</summary>
    [Description("The IANA name of the time zone of the file's times.")]
    [TimeZoneName]
    [DefaultValue(ShopTimeZone.Default)]
    public string? TimeZone { get; init; }
}

/// <summary>Exports database rows as a CSV file for spreadsheets.</summary>
public static class CsvExport
{
    /// <summary>Error code: more rows than <see cref="MaxRows"/>.</summary>
    public const string TooLarge = "export_too_large";

    /// <summary>The largest number of rows in one file.</summary>
    public const int MaxRows = 100_000;

    /// <summary>The part of an endpoint's description that all exports share.</summary>
    public const string Description =
        "UTF-8 with a byte order mark, so that Excel opens it. A text that a spreadsheet would take for a formula has an "
        + "apostrophe in front. More than 100,000 rows are 422 `export_too_large`: then narrow the filters.";

    /// <summary>Creates the file, or a 422 problem if there are more than <see cref="MaxRows"/> rows.</summary>
    /// <param name="before">
    /// Selects the rows with smaller ids, in descending order, with all that the columns need.
    /// </param>
    /// <param name="name">The file's name without date and ending; today's date is appended.</param>
    public static async Task<Results<CsvFile<T>, ProblemHttpResult>> ToCsvAsync<T>(
        this IQueryable<T> matching,
        Func<IQueryable<T>, long, IQueryable<T>> before,
        Func<T, long> idOf,
        IReadOnlyList<CsvColumn<T>> columns,
        string name,
        CsvRequest request,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        if (await matching.Take(MaxRows + 1).CountAsync(cancellationToken) > MaxRows)
        {
            return Problems.Unprocessable(
                TooLarge,
                $"There are more than {MaxRows} rows.",
                new Dictionary<string, object?> { ["maximum"] = MaxRows }
            );
        }

        var zone = ShopTimeZone.Find(request.TimeZone);
        return new CsvFile<T>(
            $"{name}-{zone.DayAt(time.GetUtcNow().UtcDateTime):O}.csv",
            columns,
            new CsvFormat(zone, request.Lang is null or CsvRequest.Korean),
            last => before(matching, last),
            idOf
        );
    }
}

/// <summary>A column of an export.</summary>
/// <param name="Value">The cell: text, a whole number, or null for an empty cell.</param>
public sealed record CsvColumn<T>(string Korean, string English, Func<T, CsvFormat, object?> Value);
