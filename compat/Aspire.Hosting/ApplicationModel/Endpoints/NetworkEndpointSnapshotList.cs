using System.Collections;
using System.Collections.Concurrent;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint's address on one network.</summary>
public record NetworkEndpointSnapshot(ValueSnapshot<AllocatedEndpoint> Snapshot, NetworkIdentifier NetworkID);

/// <summary>An endpoint's addresses on all networks.</summary>
public class NetworkEndpointSnapshotList : IEnumerable<NetworkEndpointSnapshot>
{
    private readonly ConcurrentDictionary<NetworkIdentifier, NetworkEndpointSnapshot> _snapshots = new();

    public IEnumerator<NetworkEndpointSnapshot> GetEnumerator() => _snapshots.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void AddOrUpdateAllocatedEndpoint(NetworkIdentifier networkId, AllocatedEndpoint endpoint) =>
        For(networkId).SetValue(endpoint);

    public Task<AllocatedEndpoint> GetAllocatedEndpointAsync(
        NetworkIdentifier networkId,
        CancellationToken cancellationToken = default
    ) => For(networkId).GetValueAsync(cancellationToken);

    internal ValueSnapshot<AllocatedEndpoint> For(NetworkIdentifier networkId) =>
        _snapshots
            .GetOrAdd(networkId, id => new NetworkEndpointSnapshot(new ValueSnapshot<AllocatedEndpoint>(), id))
            .Snapshot;
}
