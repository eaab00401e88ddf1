using System.Text.Json;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Says, as DCP wants it, for which services a process or container listens.</summary>
internal static class ServiceProducers
{
    public static string ToJson(IEnumerable<DcpServiceProducer> producers) =>
        JsonSerializer.Serialize([.. producers], DcpJson.Default.ListDcpServiceProducer);
}
