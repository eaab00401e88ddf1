namespace MsaShop.AppHost.Databases;

/// <summary>Logs in one line why a database server does not start, and what to do about it.</summary>
internal static class DatabaseFailures
{
    /// <summary>MySQL's and MariaDB's answer to a wrong password (error 1045).</summary>
    private const string WrongPassword = "Access denied";

    /// <param name="remedy">What to do if it does not start.</param>
    public static IResourceBuilder<T> ExplainFailures<T>(this IResourceBuilder<T> server, string remedy, string data)
        where T : IResource =>
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

    /// <summary>The problem with a server in this state, or null.</summary>
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

        var hasFailed =
            state == KnownResourceStates.FailedToStart
            || state == KnownResourceStates.RuntimeUnhealthy
            || (KnownResourceStates.TerminalStates.Contains(state) && exitCode is not (null or 0));
        return hasFailed ? $"{name} does not start ({state}): its log in the dashboard says why. {remedy}" : null;
    }
}
