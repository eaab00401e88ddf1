using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Databases;

/// <summary>Logs in one line that a migration failed, and what to do about it.</summary>
internal static class MigrationFailures
{
    public static void ExplainFailure(this IResourceBuilder<ProjectResource> migration)
    {
        var builder = migration.ApplicationBuilder;
        var data = DatabaseHosting.UseContainers(builder.Configuration)
            ? "the data volumes of the database servers"
            : builder.DataDirectoryOfAll();
        migration.ExplainFailure(snapshot =>
            Describe(migration.Resource.Name, data, snapshot.State?.Text, snapshot.ExitCode)
        );
    }

    /// <summary>The problem with a migration in this state, or null.</summary>
    internal static string? Describe(string name, string data, string? state, int? exitCode)
    {
        var hasFailed =
            state == KnownResourceStates.FailedToStart
            || (KnownResourceStates.TerminalStates.Contains(state) && exitCode is not (null or 0));
        return hasFailed
            ? $"{name} failed: its log in the dashboard says why. Data from before the first release cannot be taken over: if it says so, stop the shop, delete {data} and start again."
            : null;
    }
}
