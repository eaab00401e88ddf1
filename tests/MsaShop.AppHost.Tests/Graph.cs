using Aspire.Hosting.Testing;

namespace MsaShop.AppHost.Tests;

/// <summary>The graph as <c>AppHost.cs</c> declares it, with data of its own; nothing of it is started.</summary>
public sealed class Graph : IAsyncLifetime
{
    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("msa-shop-graph-").FullName;

    public IDistributedApplicationTestingBuilder Builder { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MsaShop_AppHost>([
            $"--Shop:DataDirectory={_dataDirectory}",
            "--Shop:Database=process",
        ]);

    public async Task DisposeAsync()
    {
        // A builder alone lets the AppHost go on to its start when it is disposed of; what it built, ends.
        var application = await Builder.BuildAsync();
        await application.DisposeAsync();
        await Builder.DisposeAsync();
        Directory.Delete(_dataDirectory, recursive: true);
    }
}
