using System.ComponentModel.DataAnnotations;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Validates that the text is the IANA name of a time zone, such as <c>Asia/Seoul</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TimeZoneNameAttribute : ValidationAttribute
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is null || ShopTimeZone.TryFind((string)value, out _);

    /// <inheritdoc />
    public override string FormatErrorMessage(string name) =>
        $"The field {name} must be the IANA name of a time zone, such as {ShopTimeZone.Default}.";
}

/// <summary>Days and times in a time zone.</summary>
public static class ShopTimeZone
{
    /// <summary>The shop's time zone.</summary>
    public const string Default = "Asia/Seoul";

    private const int MaxNameLength = 64;

    /// <summary>
    /// The zone of this name, which <see cref="TimeZoneNameAttribute"/> has validated, or the shop's.
    /// </summary>
    public static TimeZoneInfo Find(string? name) =>
        TryFind(name ?? Default, out var zone)
            ? zone
            : throw new TimeZoneNotFoundException($"There is no time zone '{name}'.");

    /// <summary>The start of a day in this zone, in UTC.</summary>
    public static DateTime StartOf(this TimeZoneInfo zone, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(TimeOnly.MinValue);
        // If clocks go forward at midnight, the day starts at one.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // If they go back over midnight, it starts at the first of the two midnights.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>The date in this zone at a UTC time.</summary>
    public static DateOnly DayAt(this TimeZoneInfo zone, DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    internal static bool TryFind(string name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        // The lookup opens a file of that name, so it must not be a path.
        return name.Length is > 0 and <= MaxNameLength
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!)
            && zone.HasIanaId;
    }
}
