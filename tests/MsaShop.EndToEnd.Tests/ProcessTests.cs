using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace MsaShop.EndToEnd.Tests;

/// <summary>What a resource runs as: what stops, kills or freezes it has to meet the service itself.</summary>
[Collection(ShopCollection.Name)]
public sealed class ProcessTests(ShopFixture shop)
{
    [Fact]
    public void The_process_of_a_service_is_its_program_with_the_environment_of_its_launch_profile()
    {
        var services = shop
            .App.Services.GetRequiredService<DistributedApplicationModel>()
            .GetProjectResources()
            .Where(service => service.Annotations.OfType<EndpointAnnotation>().Any())
            .ToArray();

        Assert.NotEmpty(services);
        foreach (var service in services)
        {
            Assert.True(shop.App.ResourceNotifications.TryGetCurrentState(service.Name, out var current));
            var pid = current.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
            using var process = Process.GetProcessById(Convert.ToInt32(pid, CultureInfo.InvariantCulture));
            Assert.Equal(
                Path.GetFileNameWithoutExtension(service.GetProjectMetadata().ProjectPath),
                Path.GetFileNameWithoutExtension(process.MainModule!.FileName)
            );
            Assert.Contains(
                current.Snapshot.EnvironmentVariables,
                variable => variable is { Name: "ASPNETCORE_ENVIRONMENT", Value: "Development" }
            );
        }
    }
}
