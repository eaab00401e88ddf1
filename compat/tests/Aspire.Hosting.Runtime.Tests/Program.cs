using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Runtime.Tests;

/// <summary>The programs that the tests run; the test runner itself never comes here.</summary>
internal static class Program
{
    public const string Serve = "serve";
    public const string AppHost = "apphost";

    /// <summary>What the AppHost prints when all it runs is running.</summary>
    public const string Ready = "everything runs";

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [Serve, var port]:
                await ServeAsync(int.Parse(port, CultureInfo.InvariantCulture));
                return 0;
            case [AppHost]:
                await RunAppHostAsync();
                return 0;
            default:
                return 1;
        }
    }

    /// <summary>A server that is healthy once somebody has asked it to be.</summary>
    private static async Task ServeAsync(int port)
    {
        var healthy = false;
        var builder = WebApplication.CreateSlimBuilder();
        await using var server = builder.Build();
        server.Urls.Add($"http://127.0.0.1:{port}");
        server.MapPost(
            "/recover",
            () =>
            {
                healthy = true;
                return "recovered";
            }
        );
        server.MapGet("/health", () => healthy ? Results.Ok() : Results.StatusCode(503));
        await server.RunAsync();
    }

    private static async Task RunAppHostAsync()
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { DisableDashboard = true }
        );
        builder.AddResource(Shell.Command("first", "sleep 1000"));
        builder.AddResource(Shell.Command("second", "sleep 1000 & wait"));
        await using var app = builder.Build();
        await app.StartAsync();
        var notifications = app.Services.GetRequiredService<ResourceNotificationService>();
        await notifications.WaitForResourceAsync("first");
        await notifications.WaitForResourceAsync("second");
        Console.WriteLine(Ready);
        await Task.Delay(Timeout.Infinite);
    }
}
