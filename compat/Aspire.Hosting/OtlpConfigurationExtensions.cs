using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets resources send their telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    private const string GrpcUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string HttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";

    public static void AddOtlpEnvironment(
        IResource resource,
        IConfiguration configuration,
        IHostEnvironment environment
    ) => Add(resource, configuration, environment, protocol: null);

    public static void AddOtlpEnvironment(
        IResource resource,
        IConfiguration configuration,
        IHostEnvironment environment,
        OtlpProtocol protocol
    ) => Add(resource, configuration, environment, protocol);

    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var application = builder.ApplicationBuilder;
        AddOtlpEnvironment(builder.Resource, application.Configuration, application.Environment);
        return builder;
    }

    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        var application = builder.ApplicationBuilder;
        AddOtlpEnvironment(builder.Resource, application.Configuration, application.Environment, protocol);
        return builder;
    }

    private static void Add(
        IResource resource,
        IConfiguration configuration,
        IHostEnvironment environment,
        OtlpProtocol? protocol
    )
    {
        resource.Annotations.Add(new OtlpExporterAnnotation { RequiredProtocol = protocol });
        resource.Annotations.Add(
            new EnvironmentCallbackAnnotation(context =>
            {
                if (context.ExecutionContext.IsPublishMode || FindEndpoint(configuration, protocol) is not { } endpoint)
                {
                    return;
                }

                var variables = context.EnvironmentVariables;
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = new HostUrl(endpoint.Url);
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = endpoint.Protocol;

                // The process manager knows which replica this is.
                variables["OTEL_SERVICE_NAME"] = "{{- index .Annotations \"otel-service-name\" -}}";
                variables["OTEL_RESOURCE_ATTRIBUTES"] =
                    "service.instance.id={{- index .Annotations \"otel-service-instance-id\" -}}";
                if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
                {
                    variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
                }

                if (environment.IsDevelopment())
                {
                    // Telemetry is shown as it happens, and all of it.
                    variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                    variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                    variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                    variables["OTEL_TRACES_SAMPLER"] = "always_on";
                    variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
                }
            })
        );
    }

    private static (string Url, string Protocol)? FindEndpoint(IConfiguration configuration, OtlpProtocol? protocol)
    {
        var grpc = configuration[GrpcUrl];
        var http = configuration[HttpUrl];
        return protocol switch
        {
            OtlpProtocol.Grpc when grpc is { Length: > 0 } => (grpc, "grpc"),
            OtlpProtocol.HttpProtobuf when http is { Length: > 0 } => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is { Length: > 0 } => (http, "http/json"),
            null when grpc is { Length: > 0 } => (grpc, "grpc"),
            null when http is { Length: > 0 } => (http, "http/protobuf"),
            _ => null,
        };
    }
}
