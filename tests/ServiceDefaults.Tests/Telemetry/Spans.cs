using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace MsaShop.ServiceDefaults.Tests.Telemetry;

/// <summary>Takes the spans that a host exports.</summary>
internal sealed class Spans : BaseExporter<Activity>
{
    /// <summary>With it telemetry is set up; nobody listens there.</summary>
    public static readonly (string Key, string Value) Collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");

    public ConcurrentQueue<Activity> All { get; } = new();

    public void AddTo(WebApplicationBuilder builder) =>
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
            tracing.AddProcessor(new SimpleActivityExportProcessor(this))
        );

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var activity in batch)
        {
            All.Enqueue(activity);
        }

        return ExportResult.Success;
    }
}

/// <summary>Spans are the whole process's, so nothing else may run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SpanCollection
{
    public const string Name = "Spans";
}
