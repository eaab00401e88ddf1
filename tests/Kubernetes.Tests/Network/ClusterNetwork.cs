using System.Net;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests.Network;

/// <summary>One end of a connection: a pod, or an address outside the cluster.</summary>
internal sealed record Peer(string Name, string Namespace, IDictionary<string, string> Labels, string? Address = null)
{
    public bool IsPod => Address is null;

    /// <summary>A pod with one label, wherever it comes from.</summary>
    public static Peer Pod(string name, string @namespace, string key, string value) =>
        new(name, @namespace, new Dictionary<string, string> { [key] = value });

    /// <summary>The ports that its containers give names to.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();
}

/// <summary>
/// Who reaches whom, as Kubernetes defines network policies: a pod that no policy of a direction selects is open in that
/// direction; one that some select lets through what at least one of them allows; both ends have to agree.
/// </summary>
internal sealed class ClusterNetwork(Cluster cluster)
{
    private readonly IReadOnlyList<V1NetworkPolicy> _policies = [.. cluster.All<V1NetworkPolicy>()];

    public bool Allows(Peer source, Peer destination, int port, string protocol = "TCP") =>
        LetsOut(source, destination, port, protocol) && LetsIn(source, destination, port, protocol);

    /// <summary>What the source's own end says.</summary>
    public bool LetsOut(Peer source, Peer destination, int port, string protocol = "TCP")
    {
        var policies = Selecting(source, "Egress");
        return policies.Count == 0
            || policies
                .SelectMany(policy => policy.Spec.Egress ?? [], (policy, rule) => (policy, rule))
                .Any(item =>
                    Includes(item.rule.To, item.policy, destination)
                    && Includes(item.rule.Ports, destination, port, protocol)
                );
    }

    /// <summary>What the destination's own end says.</summary>
    public bool LetsIn(Peer source, Peer destination, int port, string protocol = "TCP")
    {
        var policies = Selecting(destination, "Ingress");
        return policies.Count == 0
            || policies
                .SelectMany(policy => policy.Spec.Ingress ?? [], (policy, rule) => (policy, rule))
                .Any(item =>
                    Includes(item.rule.FromProperty, item.policy, source)
                    && Includes(item.rule.Ports, destination, port, protocol)
                );
    }

    private List<V1NetworkPolicy> Selecting(Peer peer, string direction) =>
        !peer.IsPod
            ? []
            :
            [
                .. _policies.Where(policy =>
                    policy.Namespace() == peer.Namespace
                    && policy.Spec.PolicyTypes.Contains(direction)
                    && Matches(policy.Spec.PodSelector, peer.Labels)
                ),
            ];

    /// <summary>No list of peers means everyone.</summary>
    private static bool Includes(IList<V1NetworkPolicyPeer>? peers, V1NetworkPolicy policy, Peer other) =>
        peers is null || peers.Count == 0 || peers.Any(peer => Includes(peer, policy, other));

    private static bool Includes(V1NetworkPolicyPeer peer, V1NetworkPolicy policy, Peer other)
    {
        if (peer.IpBlock is { } block)
        {
            return other.Address is { } address
                && Contains(block.Cidr, address)
                && !(block.Except ?? []).Any(except => Contains(except, address));
        }

        var namespaceMatches = peer.NamespaceSelector is { } selector
            ? Matches(selector, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = other.Namespace })
            : other.Namespace == policy.Namespace();
        return other.IsPod && namespaceMatches && (peer.PodSelector is null || Matches(peer.PodSelector, other.Labels));
    }

    /// <summary>No list of ports means all of them; a name means the port that the destination calls so.</summary>
    private static bool Includes(IList<V1NetworkPolicyPort>? ports, Peer destination, int port, string protocol) =>
        ports is null
        || ports.Count == 0
        || ports.Any(item =>
            (item.Protocol ?? "TCP") == protocol
            && (
                item.Port is null
                || (
                    int.TryParse(item.Port.Value, out var first)
                        ? port >= first && port <= (item.EndPort ?? first)
                        : destination.Ports.TryGetValue(item.Port.Value, out var named) && port == named
                )
            )
        );

    private static bool Matches(V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(label =>
            labels.TryGetValue(label.Key, out var value) && value == label.Value
        )
        && (selector.MatchExpressions ?? []).All(expression =>
            expression.OperatorProperty switch
            {
                "In" => labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value),
                "NotIn" => !labels.TryGetValue(expression.Key, out var value) || !expression.Values.Contains(value),
                "Exists" => labels.ContainsKey(expression.Key),
                "DoesNotExist" => !labels.ContainsKey(expression.Key),
                _ => throw new InvalidOperationException($"There is no operator {expression.OperatorProperty}."),
            }
        );

    private static bool Contains(string cidr, string address) =>
        IPNetwork.Parse(cidr).Contains(IPAddress.Parse(address));
}
