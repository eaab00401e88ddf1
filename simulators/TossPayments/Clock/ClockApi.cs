using System.ComponentModel.DataAnnotations;
using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Clock;

/// <summary>Moves the clock forward.</summary>
/// <param name="Seconds">Added to the minutes.</param>
public sealed record AdvanceClock([Range(0, 525600)] double Minutes = 0, [Range(0, 31536000)] double Seconds = 0);

/// <param name="Now">The simulator's time, in UTC.</param>
/// <param name="AheadBySeconds">The lead over the machine's clock, in seconds.</param>
public sealed record ClockReading(DateTime Now, double AheadBySeconds);

/// <summary><c>/sim/clock</c>.</summary>
internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sim/clock", Read);
        app.MapPost(
            "/sim/clock",
            async (AdvanceClock request, SimulatorClock clock, PaymentExpiry expiry) =>
            {
                await clock.AdvanceAsync(TimeSpan.FromMinutes(request.Minutes) + TimeSpan.FromSeconds(request.Seconds));
                await expiry.ExpireDueAsync();
                return Read(clock);
            }
        );
    }

    private static ClockReading Read(SimulatorClock clock) => new(clock.UtcNow, clock.Offset.TotalSeconds);
}
