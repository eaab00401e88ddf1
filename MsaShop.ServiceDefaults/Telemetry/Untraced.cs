using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>Suppresses tracing for work such as polling, in this service and in those it calls.</summary>
public static class Untraced
{
    /// <summary>Suppresses tracing until the result is disposed of.</summary>
    public static IDisposable Begin()
    {
        var outside = Activity.Current;
        // An unsampled parent in the header tells the called service not to trace either. Without a header it would
        // start a trace of its own.
        Activity.Current = null;
        return new Scope(new Activity("untraced").Start(), outside, SuppressInstrumentationScope.Begin());
    }

    private sealed class Scope(Activity unsampled, Activity? outside, IDisposable suppression) : IDisposable
    {
        public void Dispose()
        {
            suppression.Dispose();
            unsampled.Dispose();
            Activity.Current = outside;
        }
    }
}
