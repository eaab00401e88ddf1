using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Testing;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>The storefront as visitors get it: the production build behind nginx, under its policy.</summary>
public sealed class Site : IAsyncDisposable
{
    private static readonly string s_frontend = Repository.PathOf("frontend");
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("msa-shop-site-").FullName;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _nginx;

    private Site(ShopFixture shop)
    {
        var port = FreePort();
        Address = new Uri($"http://localhost:{port}");
        _nginx = Start(
            Path.Combine(s_frontend, "nginx", "run.sh"),
            [_folder],
            new()
            {
                ["LISTEN"] = $"127.0.0.1:{port}",
                ["GATEWAY_URL"] = Origin(shop.App.GetEndpoint("gateway-svc", "http")),
                ["TOSS_ORIGINS"] = Origin(shop.App.GetEndpoint(TossSimulator.Name, "http")),
                ["OTLP_HTTP_ENDPOINT"] = shop.Telemetry.Address,
                ["NGINX_WORKERS"] = "1",
            }
        );
        _nginx.OutputDataReceived += (_, _) => { };
        _nginx.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _nginx.BeginOutputReadLine();
        _nginx.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Serves the storefront of this shop, and builds it if it has changed since it was built last.</summary>
    public static async Task<Site> StartAsync(ShopFixture shop)
    {
        Programs.Require("nginx", "nginx-light");
        Programs.Require("envsubst", "gettext-base");
        await BuildAsync();
        var site = new Site(shop);
        await site.WaitUntilItServesAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        _nginx.Kill(entireProcessTree: true);
        await _nginx.WaitForExitAsync();
        _nginx.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task BuildAsync()
    {
        var built = new FileInfo(Path.Combine(s_frontend, "dist", "index.html"));
        string[] sources = ["src", "public", "build"];
        var changed = sources
            .SelectMany(folder =>
                new DirectoryInfo(Path.Combine(s_frontend, folder)).EnumerateFiles("*", SearchOption.AllDirectories)
            )
            .Max(file => file.LastWriteTimeUtc);
        if (built.Exists && built.LastWriteTimeUtc > changed)
        {
            return;
        }

        using var build = Start("npm", ["run", "--silent", "build"], []);
        var output = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, $"The storefront does not build:\n{string.Concat(output)}");
    }

    private async Task WaitUntilItServesAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/health");
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (watch.Elapsed < s_startLimit && !_nginx.HasExited)
            {
                await Task.Delay(50);
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException(
                    $"nginx does not serve the storefront:\n{string.Join('\n', _errors)}",
                    exception
                );
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_frontend,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
