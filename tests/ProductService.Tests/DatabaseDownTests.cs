using System.Diagnostics;
using System.Net;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>product-svc whose database server is not there.</summary>
public sealed class CutOffApp : ServiceFactory<Program>
{
    public override Task InitializeAsync()
    {
        // Nothing listens on port 1. The version is that of a server that was there before.
        Settings["ConnectionStrings:productdb"] = "Server=127.0.0.1;Port=1;Database=productdb;User ID=product";
        Settings["Aspire:Pomelo:EntityFrameworkCore:MySql:ServerVersion"] = "8.4.0-mysql";
        return Task.CompletedTask;
    }
}

/// <summary>Without a database, callers are told so at once.</summary>
public sealed class DatabaseDownTests(CutOffApp app) : IClassFixture<CutOffApp>
{
    [Fact]
    public async Task Requests_are_answered_503_and_quickly()
    {
        using var client = app.CreateAnonymousClient();
        await client.GetAsync("/alive");
        var start = Stopwatch.GetTimestamp();

        var list = await client.GetAsync("/api/products");
        var delete = await app.CreateAdminClient().DeleteAsync("/api/products/1");

        await list.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database_unavailable");
        await delete.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database_unavailable");
        Assert.NotNull(list.Headers.RetryAfter);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task It_is_alive_but_not_ready()
    {
        using var client = app.CreateAnonymousClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health")).StatusCode);
    }
}
