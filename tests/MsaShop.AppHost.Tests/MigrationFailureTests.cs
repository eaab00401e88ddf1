using MsaShop.AppHost.Databases;

namespace MsaShop.AppHost.Tests;

/// <summary>A failed migration is explained on the console.</summary>
public sealed class MigrationFailureTests
{
    [Theory]
    [InlineData("Exited", 1)]
    [InlineData("Finished", 134)]
    [InlineData("FailedToStart", null)]
    public void A_step_that_failed_names_the_data_to_delete(string state, int? exitCode) =>
        Assert.Equal(
            "user-svc-migrate failed: its log in the dashboard says why. Data from before the first release cannot be taken over: if it says so, stop the shop, delete /data and start again.",
            MigrationFailures.Describe("user-svc-migrate", "/data", state, exitCode)
        );

    [Theory]
    [InlineData("Running", null)]
    [InlineData("Finished", 0)]
    [InlineData("Exited", null)]
    public void A_step_that_runs_or_has_ended_well_has_not_failed(string state, int? exitCode) =>
        Assert.Null(MigrationFailures.Describe("user-svc-migrate", "/data", state, exitCode));
}
