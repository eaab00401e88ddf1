using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Databases;

/// <summary>Prints one line on the console if a database server does not start: why, and what to do.</summary>
internal static class DatabaseFailures
{
    /// <summary>MySQL's and MariaDB's answer to a wrong password (error 1045).</summary>
    private const string WrongPassword = "Access denied";

    /// <summary>Watches the server from the shop's start.</summary>
    /// <param name="remedy">What to do if it does not start.</param>
    /// <param name="data">Where its data is.</param>
    public static IResourceBuilder<T> ExplainFailures<T>(this IResourceBuilder<T> server, string remedy, string data)
        where T : IResource
    {
        server.ExplainFailure(snapshot =>
            Describe(
                server.Resource.Name,
                remedy,
                data,
                snapshot.State?.Text,
                snapshot.ExitCode,
                snapshot.HealthReports.Select(report => report.ExceptionText)
            )
        );
        return server;
    }

    /// <summary>What is wrong with a server in this state; null if nothing is.</summary>
    internal static string? Describe(
        string name,
        string remedy,
        string data,
        string? state,
        int? exitCode,
        IEnumerable<string?> healthErrors
    )
    {
        if (healthErrors.Any(error => error?.Contains(WrongPassword, StringComparison.Ordinal) is true))
        {
            return $"{name} refuses root's password: {data} was made with another one. Give that one as Parameters__{name.Replace('-', '_')}_password, or throw the data away.";
        }

        return state == KnownResourceStates.RuntimeUnhealthy || ResourceFailures.HasFailed(state, exitCode)
            ? $"{name} does not start ({state}): its log in the dashboard says why. {remedy}"
            : null;
    }
}
