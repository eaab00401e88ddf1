using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>Logs, traces and metrics, by OpenTelemetry.</summary>
internal static class TelemetryExtensions
{
    /// <summary>The prefix of the shop's own activity sources and meters.</summary>
    private const string OwnPrefix = "MsaShop.*";

    /// <summary>The settings of Aspire's package for the database.</summary>
    private const string DatabaseSection = "Aspire:Pomelo:EntityFrameworkCore:MySql";

    public static void AddTelemetry(this WebApplicationBuilder builder, string serviceName)
    {
        // One line for each attempt of each call would drown what the services say; failures are warnings.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddSafeLogs();
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // What nobody collects is not made: spans and log records are a good part of what a small request costs.
            // Aspire's package for the database sets telemetry up by itself.
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
            // OTEL_SERVICE_NAME, where it is set, wins: it tells replicas and migrations apart.
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
                        // The gateway asks every service every few seconds.
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
