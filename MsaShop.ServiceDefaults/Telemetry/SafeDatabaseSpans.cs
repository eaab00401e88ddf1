using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps the database's own words, which quote what was to be stored, out of traces. The driver tells a statement's span of its
/// error when the span has ended, and nothing told can be taken back; so from its end on a span wants to hear nothing more. What
/// went wrong is in the log.
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
