using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MsaShop.Testing;

/// <summary>
/// Another service, as far as the one under test can tell: a few endpoints on a real port, which the test decides about. What
/// it offers internally is as the service's document says, and so is what it is asked.
/// </summary>
public sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _faults = new();

    private StubService(WebApplication app) => _app = app;

    /// <summary>
    /// Whether it is held to the services' documents: not what is of another release, nor what only passes calls on.
    /// </summary>
    public bool IsDocumented { get; set; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts a stub on a free port, with an <c>/alive</c> endpoint like every service's.</summary>
    /// <param name="map">Maps its endpoints.</param>
    /// <param name="isDocumented">Whether it is held to the services' documents.</param>
    public static async Task<StubService> StartAsync(Action<WebApplication> map, bool isDocumented = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var stub = new StubService(app) { IsDocumented = isDocumented };
        app.UseWhen(
            context => stub.IsDocumented && context.Request.Path.StartsWithSegments("/internal"),
            branch => branch.Use(stub.CheckAsync)
        );
        app.UseRouting();
        app.MapGet("/alive", () => "Healthy");
        map(app);
        await app.StartAsync();
        return stub;
    }

    /// <summary>
    /// Stops it: its port refuses connections from then on. Asserts that all calls and answers were as documented.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.True(_faults.IsEmpty, string.Join('\n', _faults.Distinct()));
    }

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var operation = InternalApi.Find(request.Method, request.Path);
        if (operation is null)
        {
            _faults.Enqueue($"No document has {request.Method} {request.Path}.");
            await next(context);
            return;
        }

        request.EnableBuffering();
        Note(operation.FaultsOfRequest(request.QueryString.Value ?? "", await ReadAsync(request.Body)));
        request.Body.Position = 0;

        var sent = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = sent;
        }

        // Where nothing was written at all, the connection was cut.
        if (answer.Length == 0 && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            return;
        }

        answer.Position = 0;
        Note(operation.FaultsOfAnswer(context.Response.StatusCode, await ReadAsync(answer)));
        answer.Position = 0;
        await answer.CopyToAsync(sent, context.RequestAborted);
    }

    private static async Task<string> ReadAsync(Stream body)
    {
        using var reader = new StreamReader(body, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    private void Note(IEnumerable<string> faults)
    {
        if (!IsDocumented)
        {
            return;
        }

        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }
}
