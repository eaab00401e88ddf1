using System.Data.Common;

namespace MsaShop.Data;

/// <summary>Times that the database returns unchanged.</summary>
public static class StorableTime
{
    /// <summary>The UTC time in whole microseconds, as <c>datetime(6)</c> stores it.</summary>
    public static DateTime GetStorableNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>A column's time, which is UTC.</summary>
    public static DateTime GetUtc(this DbDataReader row, int column) =>
        DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
