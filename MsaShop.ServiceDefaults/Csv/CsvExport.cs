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

    /// <summary>The language of the file.</summary>
    // The OpenAPI document has the comments of MsaShop.ServiceDefaults alone, hence attributes.
    [Description("The language of the file: ko or en.")]
    [AllowedValues(null, Korean, "en", ErrorMessage = "The field {0} takes ko and en.")]
    [DefaultValue(Korean)]
    public string? Lang { get; init; }

    /// <summary>The time zone of the file's times.</summary>
    [Description("The IANA name of the time zone of the file's times.")]
    [TimeZoneName]
    [DefaultValue(ShopTimeZone.Default)]
    public string? TimeZone { get; init; }
}

/// <summary>Exports database rows as a file for spreadsheets.</summary>
public static class CsvExport
{
    /// <summary>The problem code if there are more rows than a file takes.</summary>
    public const string TooLarge = "export_too_large";

    /// <summary>The most rows in a file.</summary>
    public const int MaxRows = 100_000;

    /// <summary>The OpenAPI description of every export.</summary>
    public const string Description =
        "UTF-8 with a byte order mark, so that Excel opens it. A text that a spreadsheet would take for a formula has an "
        + "apostrophe in front. More than 100,000 rows are 422 `export_too_large`: then narrow the filters.";

    /// <summary>Creates the file, or refuses if there are too many rows.</summary>
    /// <param name="matching">The rows to export.</param>
    /// <param name="before">The rows before the one with this id, last first, with all that the columns need.</param>
    /// <param name="idOf">A row's id.</param>
    /// <param name="name">The file's name, without the date.</param>
    /// <param name="request">The options.</param>
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

/// <summary>A column of a file.</summary>
/// <param name="Korean">The Korean heading.</param>
/// <param name="English">The English heading.</param>
/// <param name="Value">A text, a whole number, or null.</param>
public sealed record CsvColumn<T>(string Korean, string English, Func<T, CsvFormat, object?> Value);
