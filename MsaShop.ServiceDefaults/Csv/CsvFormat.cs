using System.Globalization;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Csv;

/// <summary>Formats a file's values.</summary>
public sealed class CsvFormat(TimeZoneInfo zone, bool isKorean)
{
    /// <summary>Whether the file is in Korean; otherwise it is in English.</summary>
    public bool IsKorean => isKorean;

    /// <summary>Formats a UTC time in the file's time zone, in a form that spreadsheets parse.</summary>
    public string Time(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Formats an enum value: the Korean text, or in English the word that the API uses.</summary>
    public string Word<TEnum>(TEnum value, Func<TEnum, string> inKorean)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(inKorean);
        return IsKorean ? inKorean(value) : value.ToWord();
    }
}
