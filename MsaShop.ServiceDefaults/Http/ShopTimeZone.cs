using System.ComponentModel.DataAnnotations;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Requires the IANA name of a time zone, such as <c>Asia/Seoul</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TimeZoneNameAttribute : ValidationAttribute
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is null || ShopTimeZone.TryFind((string)value, out _);

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        $"The field {name} must be the IANA name of a time zone, such as {ShopTimeZone.Default}.";
}

/// <summary>Local days and hours.</summary>
public static class ShopTimeZone
{
    /// <summary>The shop's own time zone.</summary>
    public const string Default = "Asia/Seoul";

    private const int MaxNameLength = 64;

    /// <summary>The zone of this name, checked by <see cref="TimeZoneNameAttribute"/>; the shop's own for null.</summary>
    public static TimeZoneInfo Find(string? name) =>
        TryFind(name ?? Default, out var zone)
            ? zone
            : throw new TimeZoneNotFoundException($"There is no time zone '{name}'.");

    /// <summary>When a local day begins, in UTC.</summary>
    public static DateTime StartOf(this TimeZoneInfo zone, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, the day begins at one.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Where they go back over midnight, it begins at the first of the two.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>The local day at a time.</summary>
    public static DateOnly DayAt(this TimeZoneInfo zone, DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    internal static bool TryFind(string name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        // Names are looked up among files.
        return name.Length is > 0 and <= MaxNameLength
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!)
            && zone.HasIanaId;
    }
}
