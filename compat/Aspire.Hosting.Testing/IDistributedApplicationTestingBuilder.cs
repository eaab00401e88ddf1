namespace Aspire.Hosting.Testing;

/// <summary>An application as its AppHost declares it, for a test to change, build and run.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
