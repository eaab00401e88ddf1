using MsaShop.AppHost.Databases;

namespace MsaShop.AppHost.Tests;

/// <summary>A database server that does not come up says why on the console.</summary>
public sealed class DatabaseFailureTests
{
    [Fact]
    public void Data_that_was_made_with_another_password_is_told_apart() =>
        Assert.Equal(
            "mysql-user refuses root's password: its data volume was made with another one. Give that one as Parameters__mysql_user_password, or throw the data away.",
            Describe(
                "Running",
                exitCode: null,
                "MySqlException (0x80004005): Access denied for user 'root'@'localhost' (using password: YES)"
            )
        );

    [Theory]
    [InlineData("FailedToStart", null)]
    [InlineData("Exited", 1)]
    [InlineData("RuntimeUnhealthy", null)]
    public void A_server_that_does_not_run_names_the_remedy(string state, int? exitCode) =>
        Assert.Equal(
            $"mysql-user does not start ({state}): its log in the dashboard says why. Do this.",
            Describe(state, exitCode)
        );

    [Theory]
    [InlineData("Starting", null, "Unable to connect to any of the specified MySQL hosts.")]
    [InlineData("Running", null, null)]
    [InlineData("Exited", 0, null)]
    public void A_server_that_is_slow_or_was_stopped_has_not_failed(string state, int? exitCode, string? error) =>
        Assert.Null(Describe(state, exitCode, error));

    private static string? Describe(string state, int? exitCode, params string?[] healthErrors) =>
        DatabaseFailures.Describe("mysql-user", "Do this.", "its data volume", state, exitCode, healthErrors);
}
