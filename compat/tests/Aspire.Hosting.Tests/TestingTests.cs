using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Aspire.Hosting.Tests;

public class TestingTests
{
    [Fact]
    public async Task An_AppHost_runs_under_test_as_it_is()
    {
        await using var builder =
            await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_Hosting_Tests_AppHost>();

        Assert.Equal("true", builder.Configuration["DcpPublisher:RandomizePorts"]);
        Assert.Equal(Projects.Aspire_Hosting_Tests_AppHost.ProjectPath, builder.AppHostDirectory);
        Assert.Equal("Development", builder.Environment.EnvironmentName);
        Assert.Contains(builder.Resources, resource => resource is ExecutableResource { Name: "program" });

        await using var application = await builder.BuildAsync();

        Assert.Equal("Server=localhost;Password=kept", await application.GetConnectionStringAsync("db"));
        Assert.Throws<InvalidOperationException>(() => application.GetEndpoint("program"));
        Assert.Throws<ArgumentException>(() => application.GetEndpoint("nobody"));
    }

    [Fact]
    public async Task A_test_may_change_the_application_before_it_is_built()
    {
        await using var builder =
            await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_Hosting_Tests_AppHost>([
                "--Parameters:secret=other",
                "--environment=Staging",
            ]);
        builder.AddContainer("more", "image");

        await using var application = await builder.BuildAsync();

        Assert.Equal("Staging", builder.Environment.EnvironmentName);
        Assert.Equal("Server=localhost;Password=other", await application.GetConnectionStringAsync("db"));
    }

    [Fact]
    public async Task The_failure_of_an_AppHost_is_the_failure_of_the_test()
    {
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_Hosting_Tests_AppHost>(["--fail"])
        );

        Assert.Contains("Told to fail.", exception.Message, StringComparison.Ordinal);
    }
}
