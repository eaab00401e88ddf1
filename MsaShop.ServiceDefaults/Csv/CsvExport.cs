using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Csv;

/// <summary>How a file is to be written. Bind it with <c>[AsParameters]</c>.</summary>
public sealed record CsvRequest
{
    internal const string Korean = "ko";

    /// <summary>The language of the file.</summary>
    // The OpenAPI document has the comments of MsaShop.ServiceDefaults alone, so these are attributes.
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

/// <summary>Exports rows of the database as a file that spreadsheets open.</summary>
public static class CsvExport
{
    /// <summary>The code of the answer where there are more rows than a file takes.</summary>
    public const string TooLarge = "export_too_large";

    /// <summary>The most rows that a file has.</summary>
    public const int MaxRows = 100_000;

    /// <summary>What there is to say of every export.</summary>
    public const string Description =
        "UTF-8 with a byte order mark, so that Excel opens it. A text that a spreadsheet would take for a formula has an "
        + "apostrophe in front. More than 100,000 rows are 422 `export_too_large`: then narrow the filters.";

    /// <summary>The file, unless there are too many rows for it.</summary>
    /// <param name="matching">The rows to export.</param>
    /// <param name="before">The rows before the one with this id, last first, with all that the columns need.</param>
    /// <param name="idOf">A row's id.</param>
    /// <param name="name">The file's name, to which the day is added.</param>
    /// <param name="request">How it is to be written.</param>
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
/// <param name="Korean">Its heading in Korean.</param>
/// <param name="English">Its heading in English.</param>
/// <param name="Value">What stands in it: a text, a whole number, or nothing.</param>
public sealed record CsvColumn<T>(string Korean, string English, Func<T, CsvFormat, object?> Value);
