using System.Data.Common;

namespace MsaShop.Data;

/// <summary>Times that come back from the database as they went in.</summary>
public static class StorableTime
{
    /// <summary>The time in UTC, in whole microseconds: what <c>datetime(6)</c> holds.</summary>
    public static DateTime GetStorableNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The time in a column of a row, which is UTC.</summary>
    public static DateTime GetUtc(this DbDataReader row, int column) =>
        DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
