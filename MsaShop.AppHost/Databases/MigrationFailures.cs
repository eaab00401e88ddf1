using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Databases;

/// <summary>Prints one line on the console if a migration fails: why, and what to do.</summary>
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

    /// <summary>What is wrong with a migration in this state; null if nothing is.</summary>
    internal static string? Describe(string name, string data, string? state, int? exitCode) =>
        ResourceFailures.HasFailed(state, exitCode)
            ? $"{name} failed: its log in the dashboard says why. Data from before the first release cannot be taken over: if it says so, stop the shop, delete {data} and start again."
            : null;
}
