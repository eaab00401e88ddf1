using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Ledger;

namespace MsaShop.TossPayments.Clock;

/// <summary>Toss's time: the machine's clock plus all advances by <c>POST /sim/clock</c>.</summary>
internal sealed class SimulatorClock(TimeProvider time, LedgerStore ledger, IDbContextFactory<LedgerDbContext> contexts)
{
    private const string OffsetSetting = "clock-offset";

    private static readonly TimeSpan s_seoul = TimeSpan.FromHours(9);

    private readonly Lock _loading = new();
    private TimeSpan? _offset;

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime + Offset;

    /// <summary>The lead over the machine's clock.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_loading)
            {
                return _offset ??= Load();
            }
        }
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        var offset = await ledger.ChangeAsync(async database =>
        {
            var setting = await database.Settings.FindAsync(OffsetSetting);
            var moved = (setting is null ? TimeSpan.Zero : Parse(setting.Value)) + by;
            var value = moved.ToString("c", CultureInfo.InvariantCulture);
            if (setting is null)
            {
                database.Settings.Add(new Setting { Name = OffsetSetting, Value = value });
            }
            else
            {
                setting.Value = value;
            }

            return moved;
        });
        lock (_loading)
        {
            _offset = offset;
        }
    }

    /// <summary>Formats a time as Toss does, in Seoul's offset.</summary>
    public static string Format(DateTime utc) =>
        InSeoul(utc).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The time in Seoul, which has no daylight saving time.</summary>
    public static DateTimeOffset InSeoul(DateTime utc) =>
        new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToOffset(s_seoul);

    /// <summary>Converts Seoul's local time to UTC.</summary>
    public static DateTime ToUtc(DateTime seoul) => new DateTimeOffset(seoul, s_seoul).UtcDateTime;

    private TimeSpan Load()
    {
        using var database = contexts.CreateDbContext();
        return database.Settings.Find(OffsetSetting) is { } setting ? Parse(setting.Value) : TimeSpan.Zero;
    }

    private static TimeSpan Parse(string value) => TimeSpan.ParseExact(value, "c", CultureInfo.InvariantCulture);
}
