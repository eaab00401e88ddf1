using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>Work without traces, here and in the services that it calls: polling.</summary>
public static class Untraced
{
    /// <summary>Begins untraced work; disposing ends it.</summary>
    public static IDisposable Begin()
    {
        var outside = Activity.Current;
        // The header of an unsampled trace tells the callee not to trace either. Without a header it would begin a trace of
        // its own.
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
