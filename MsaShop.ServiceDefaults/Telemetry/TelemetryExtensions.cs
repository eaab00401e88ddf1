using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MsaShop.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string OwnPrefix = "MsaShop.*";

    /// <summary>The configuration section of Aspire's database package.</summary>
    private const string DatabaseSection = "Aspire:Pomelo:EntityFrameworkCore:MySql";

    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        // Polly logs every attempt of every call, which would drown the services' own lines; failures are warnings.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddSafeLogs();
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // Without a collector, produce nothing: spans and log records are a large part of a small request's cost.
            // Aspire's database package sets up telemetry on its own, so it has to be told separately.
            builder.Configuration[$"{DatabaseSection}:DisableTracing"] = "true";
            builder.Configuration[$"{DatabaseSection}:DisableMetrics"] = "true";
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder
            .Services.AddOpenTelemetry()
            .UseOtlpExporter()
            // OTEL_SERVICE_NAME takes precedence: it tells replicas and migrations apart.
            .ConfigureResource(resource =>
                resource.AddService(
                    builder.Configuration["OTEL_SERVICE_NAME"] ?? serviceName,
                    serviceNamespace: "msa-shop"
                )
            )
            .WithTracing(tracing =>
                tracing
                    .AddSource(OwnPrefix)
                    .AddProcessor<SafeDatabaseSpans>()
                    .AddAspNetCoreInstrumentation(options =>
                        options.Filter = context =>
                            context.Request.Path != "/health" && context.Request.Path != "/alive"
                    )
                    .AddHttpClientInstrumentation(options =>
                        // The gateway polls every service every few seconds.
                        options.FilterHttpRequestMessage = request => request.RequestUri?.AbsolutePath != "/alive"
                    )
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(OwnPrefix)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
            );
    }
}
