using System.Globalization;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Csv;

/// <summary>How a file's values are written.</summary>
public sealed class CsvFormat
{
    private readonly TimeZoneInfo _zone;

    internal CsvFormat(TimeZoneInfo zone, bool isKorean)
    {
        _zone = zone;
        IsKorean = isKorean;
    }

    /// <summary>Whether the file is in Korean; otherwise it is in English.</summary>
    public bool IsKorean { get; }

    /// <summary>A moment by the clocks of the file's time zone, as spreadsheets understand it.</summary>
    public string Time(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, _zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A word of an enum: in English as on the wire.</summary>
    public string Word<TEnum>(TEnum value, Func<TEnum, string> inKorean)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(inKorean);
        return IsKorean ? inKorean(value) : value.ToWord();
    }
}
