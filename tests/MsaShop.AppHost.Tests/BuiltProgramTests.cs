using Microsoft.Extensions.Configuration;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.Tests;

/// <summary>Who starts the services. That they run as their programs is an end-to-end test.</summary>
public sealed class BuiltProgramTests
{
    [Theory]
    [InlineData("DEBUG_SESSION_PORT", "localhost:54321", true)]
    [InlineData("DEBUG_SESSION_PORT", "", false)]
    [InlineData("DOTNET_WATCH", "1", true)]
    [InlineData("DOTNET_WATCH", "true", true)]
    [InlineData("DOTNET_WATCH", "0", false)]
    [InlineData("DOTNET_ENVIRONMENT", "Development", false)]
    public void A_debugger_and_dotnet_watch_start_projects_in_their_own_ways(string name, string value, bool expected) =>
        Assert.Equal(
            expected,
            BuiltPrograms.IsToolInCharge(
                new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build()
            )
        );
}
