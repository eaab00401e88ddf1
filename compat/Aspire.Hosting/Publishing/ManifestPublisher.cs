using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the deployment manifest, and ends the application.</summary>
internal sealed class ManifestPublisher(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IConfiguration configuration,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<ManifestPublisher> logger
) : IHostedService
{
    private const string FileName = "aspire-manifest.json";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (executionContext.PublisherName != "manifest")
        {
            throw new DistributedApplicationException(
                $"'{executionContext.PublisherName}' is not a known publisher; 'manifest' is."
            );
        }

        await eventing.PublishAsync(new BeforePublishEvent(services, model), cancellationToken).ConfigureAwait(false);
        await WriteAsync(GetPath(), cancellationToken).ConfigureAwait(false);
        await eventing.PublishAsync(new AfterPublishEvent(services, model), cancellationToken).ConfigureAwait(false);
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The file to write; a folder gets a file of the usual name.</summary>
    private string GetPath()
    {
        var path = Path.GetFullPath(
            configuration["Publishing:OutputPath"]
                ?? throw new DistributedApplicationException(
                    "The manifest needs a place: --output-path <file or folder>."
                )
        );
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, FileName);
    }

    private async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        await using (stream.ConfigureAwait(false))
        {
            var writer = new Utf8JsonWriter(
                stream,
                new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            );
            await using (writer.ConfigureAwait(false))
            {
                var context = new ManifestPublishingContext(executionContext, path, writer, cancellationToken);
                await context.WriteModelAsync(model).ConfigureAwait(false);
            }
        }

        logger.LogInformation("Published the manifest to {Path}", path);
    }
}
