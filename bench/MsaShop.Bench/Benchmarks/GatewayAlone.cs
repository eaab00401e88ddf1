using System.Diagnostics;
using System.Globalization;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>The gateway compared with nginx, both in front of the same small, cheap answer.</summary>
internal sealed class GatewayAlone : IBenchmark
{
    private const string Path = "api/products/1";

    public string Name => "gateway";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var direct = shop["floor"].Address;
        var gateway = (await shop.StartGatewayToFloorAsync()).Address;
        await using var nginx = await StartNginxAsync(direct);
        var busy = new Wrk();
        var alone = new Wrk(Connections: 1, Duration: 3);
        var series = await SideBySide.RunAsync(
            5,
            new("nginx", () => busy.LoadAsync($"{nginx.Address}{Path}")),
            new("gateway", () => busy.LoadAsync($"{gateway}{Path}")),
            new("one connection: direct", () => alone.LoadAsync($"{direct}{Path}")),
            new("one connection: gateway", () => alone.LoadAsync($"{gateway}{Path}")),
            new("one connection: nginx", () => alone.LoadAsync($"{nginx.Address}{Path}"))
        );
        var (straight, through) = (series[2].Time.TotalMilliseconds, series[3].Time.TotalMilliseconds);
        return
        [
            Row.OfRates("gateway alone, small request", "nginx before the same service", series[1], series[0], 0.60),
            Row.Below(
                "gateway alone, one connection: added to p50",
                "the service, direct",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"p50 {through:F3} ms, direct {straight:F3} ms, nginx {series[4].Time.TotalMilliseconds:F3} ms"
                ),
                through - straight,
                0.15,
                "ms"
            ),
        ];
    }

    private static async Task<ServiceProcess> StartNginxAsync(Uri upstream)
    {
        var folder = Directory.CreateTempSubdirectory("msa-shop-bench-nginx").FullName;
        var configuration = System.IO.Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            daemon off;
            worker_processes auto;
            pid pid;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                upstream service { server {{upstream.Authority}}; keepalive 64; }
                server {
                    listen 127.0.0.1:{{Ports.Nginx}};
                    location / {
                        proxy_pass http://service;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    }
                }
            }
            """
        );
        return await ServiceProcess.StartAsync(
            "nginx",
            Ports.Nginx,
            new ProcessStartInfo("/usr/sbin/nginx", ["-e", "stderr", "-p", $"{folder}/", "-c", configuration]),
            $"/{Path}"
        );
    }
}
