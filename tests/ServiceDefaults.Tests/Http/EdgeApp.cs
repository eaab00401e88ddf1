using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MsaShop.ServiceDefaults.Tests.Http;

/// <summary>A service with nothing but what all have in common, on a real port: it says what it understood.</summary>
public sealed class EdgeApp : IAsyncLifetime
{
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("edge-svc");
        builder.Services.AddAntiforgery();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseServiceDefaults();
        _app.MapPost("/echo", (Said said) => TypedResults.Ok(said));
        _app.MapGet("/echo", (string? q, string[]? words) => TypedResults.Ok(new { q, words }));
        _app.MapPost("/form", ([FromForm] string name) => TypedResults.Ok(new { name })).DisableAntiforgery();
        _app.MapPost(
            "/bytes",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                return TypedResults.Ok(new { length = body.Length });
            }
        );
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Sends bytes that no HTTP client would, and reads the answer's status.</summary>
    public async Task<int> SendRawAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        }
        catch (IOException)
        {
            // It was answered before all of it was sent.
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var status = await reader.ReadLineAsync() ?? throw new InvalidOperationException("There was no answer.");
        return int.Parse(status.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>What a test says.</summary>
public sealed record Said(string? Name, Mood? Mood, Inner? Inner, IReadOnlyList<string>? Words);

/// <summary>Something within.</summary>
public sealed record Inner(string? Name);

/// <summary>A word of several.</summary>
public enum Mood
{
    /// <summary>Well.</summary>
    Glad,

    /// <summary>Not so well.</summary>
    VerySad,
}
