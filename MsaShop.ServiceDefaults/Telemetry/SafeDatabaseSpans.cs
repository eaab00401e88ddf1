using System.Diagnostics;
using OpenTelemetry;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps the database's messages, which quote values to be stored, out of traces. The driver sets a statement's error
/// on its span after the span has ended, and a set error cannot be removed; so the span stops accepting data when it
/// ends. The log has the error.
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
