using System.Globalization;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Csv;

/// <summary>Formats a file's values.</summary>
public sealed class CsvFormat
{
    private readonly TimeZoneInfo _zone;

    internal CsvFormat(TimeZoneInfo zone, bool isKorean)
    {
        _zone = zone;
        IsKorean = isKorean;
    }

    /// <summary>Korean, or else English.</summary>
    public bool IsKorean { get; }

    /// <summary>A time in the file's time zone, as spreadsheets read it.</summary>
    public string Time(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, _zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>An enum's word: in English as in JSON.</summary>
    public string Word<TEnum>(TEnum value, Func<TEnum, string> inKorean)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(inKorean);
        return IsKorean ? inKorean(value) : value.ToWord();
    }
}
