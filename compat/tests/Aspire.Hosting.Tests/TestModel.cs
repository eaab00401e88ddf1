using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests;

/// <summary>Builders and evaluations that the tests share.</summary>
internal static class TestModel
{
    public static IDistributedApplicationBuilder Run(params string[] args) =>
        DistributedApplication.CreateBuilder(args);

    public static IDistributedApplicationBuilder Publish(string outputPath) =>
        Run("--publisher", "manifest", "--output-path", outputPath);

    public static void Allocate(this EndpointReference endpoint, int port) =>
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint.EndpointAnnotation,
            "localhost",
            port,
            targetPortExpression: $"target of {endpoint.EndpointName}"
        );

    public static async Task<Dictionary<string, string>> GetEnvironmentAsync(
        this IDistributedApplicationBuilder builder,
        IResource resource
    )
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(builder.ExecutionContext, NullLogger.Instance);
        Assert.Null(configuration.Exception);
        return configuration.EnvironmentVariables.ToDictionary();
    }

    public static async Task<string[]> GetArgumentsAsync(
        this IDistributedApplicationBuilder builder,
        IResource resource
    )
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithArgumentsConfig()
            .BuildAsync(builder.ExecutionContext, NullLogger.Instance);
        Assert.Null(configuration.Exception);
        return [.. configuration.Arguments.Select(argument => argument.Value)];
    }
}
