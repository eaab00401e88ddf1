using System.Data.Common;

namespace MsaShop.Data;

/// <summary>Times that survive a round trip to the database unchanged.</summary>
public static class StorableTime
{
    /// <summary>The current time in UTC, truncated to microseconds: the precision of <c>datetime(6)</c>.</summary>
    public static DateTime GetStorableNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The time in UTC; one without a zone, such as from a query parameter, is UTC wherever this runs.</summary>
    public static DateTime AsUtc(this DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();

    /// <summary>Reads a time column, which holds UTC.</summary>
    public static DateTime GetUtc(this DbDataReader row, int column) =>
        DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
