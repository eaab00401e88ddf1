using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What the states of processes and containers mean.</summary>
internal static class DcpStates
{
    public static bool IsTerminal(string? state) =>
        state is "Finished" or "Exited" or "FailedToStart" or "Terminated" or "NotFound";

    /// <summary>The word for the user: DCP has none for what has not been started yet.</summary>
    public static string ToResourceState(string? state) =>
        state switch
        {
            null or "" => KnownResourceStates.Starting,
            "Pending" => KnownResourceStates.Starting,
            "Terminated" or "NotFound" => KnownResourceStates.Exited,
            _ => state,
        };
}
