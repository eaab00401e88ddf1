using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps the database's error messages, which quote values, out of traces. The driver adds the error when the span has
/// ended, and it cannot be removed; therefore a span accepts nothing more from its end on. The log has the error.
/// </summary>
internal sealed class SafeDatabaseSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "MySqlConnector")
        {
            data.IsAllDataRequested = false;
        }
    }
}
