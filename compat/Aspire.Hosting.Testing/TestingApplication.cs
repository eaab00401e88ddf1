using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The application of an AppHost whose own code waits in <c>Run()</c>; the test starts and stops it in its place.
/// </summary>
internal sealed class TestingApplication(DistributedApplication inner, AppHostEntryPoint entry)
    : DistributedApplication(inner)
{
    private int _disposed;

    public override Task StartAsync(CancellationToken cancellationToken = default) =>
        inner.StartAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken = default) => inner.StopAsync(cancellationToken);

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        await this.WaitForShutdownAsync(cancellationToken);
    }

    public override void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            await inner.StopAsync();
        }
        finally
        {
            await entry.EndAsync();
            await inner.DisposeAsync();
        }
    }
}
