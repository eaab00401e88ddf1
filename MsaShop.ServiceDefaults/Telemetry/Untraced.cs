using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Work that leaves no trace, here or in the services that it calls: looking, again and again, whether there is
/// something to do.
/// </summary>
public static class Untraced
{
    /// <summary>Begins such work; it ends when the result is disposed of.</summary>
    public static IDisposable Begin()
    {
        var outside = Activity.Current;
        // Whoever is called sees in the header of a trace that is not sampled that it need not trace either. With no
        // header at all it would begin a trace of its own.
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
