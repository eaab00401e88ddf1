using System.Text.RegularExpressions;

namespace MsaShop.Kubernetes.Tests.Network;

/// <summary>Each pod to each pod and port, allowed and denied, is what docs/on-prem.md says.</summary>
public sealed partial class ReachabilityTests
{
    private static readonly ClusterNetwork s_network = new(Cluster.OnPrem);

    private static readonly (string Name, int Port)[] s_listeners =
    [
        ("frontend-svc", 3000),
        ("gateway-svc", 9090),
        ("user-svc", 8081),
        ("product-svc", 8082),
        ("order-svc", 8083),
        ("payment-svc", 8084),
        ("mysql-user", 3306),
        ("mysql-order", 3306),
        ("mysql-product", 3306),
    ];

    private static readonly Peer s_toss = new("Toss", "", new Dictionary<string, string>(), "211.115.96.10");
    private static readonly Peer s_ownNetwork = new(
        "own network",
        "",
        new Dictionary<string, string>(),
        "192.168.0.10"
    );
    private static readonly Peer s_dns = Peer.Pod("DNS", "kube-system", "k8s-app", "kube-dns");
    private static readonly Peer s_ingress = Peer.Pod("ingress controller", "ingress-nginx", "app", "controller");
    private static readonly Peer s_stranger = Peer.Pod("any other pod", "default", "app", "gateway-svc");

    private static readonly Dictionary<string, Peer> s_pods = Cluster
        .OnPrem.Workloads.Select(workload => new Peer(
            workload.Template.Metadata.Labels["app"],
            workload.Namespace,
            workload.Template.Metadata.Labels
        )
        {
            Ports = workload
                .Pod.Containers.SelectMany(container => container.Ports ?? [])
                .ToDictionary(port => port.Name, port => port.ContainerPort),
        })
        .DistinctBy(peer => peer.Name)
        .ToDictionary(peer => peer.Name);

    [Fact]
    public void The_matrix_of_the_document_is_the_one_of_the_policies()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "on-prem.md"));

        Assert.Contains(Table(), document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frontend-svc", "gateway-svc")]
    [InlineData("gateway-svc", "user-svc")]
    [InlineData("gateway-svc", "product-svc")]
    [InlineData("gateway-svc", "order-svc")]
    [InlineData("gateway-svc", "payment-svc")]
    [InlineData("order-svc", "user-svc")]
    [InlineData("order-svc", "product-svc")]
    [InlineData("payment-svc", "order-svc")]
    [InlineData("user-svc", "mysql-user")]
    [InlineData("product-svc", "mysql-product")]
    [InlineData("order-svc", "mysql-order")]
    [InlineData("payment-svc", "mysql-order")]
    public void Every_call_that_the_shop_makes_gets_through(string source, string destination) =>
        Assert.True(s_network.Allows(s_pods[source], s_pods[destination], PortOf(destination)));

    [Fact]
    public void Whatever_address_a_pod_is_given_it_may_call()
    {
        var calls = Cluster
            .OnPrem.Workloads.SelectMany(
                workload => workload.Pod.Containers.SelectMany(container => container.Env),
                (workload, variable) => (Source: workload, Address: Address().Match(variable.Value ?? ""))
            )
            .Where(call => call.Address.Success)
            .Select(call =>
                (Source: call.Source.Template.Metadata.Labels["app"], Destination: call.Address.Groups[1].Value)
            )
            .Distinct()
            .ToList();

        Assert.Equal(12, calls.Count);
        Assert.All(
            calls,
            call =>
                Assert.True(s_network.Allows(s_pods[call.Source], s_pods[call.Destination], PortOf(call.Destination)))
        );
    }

    /// <summary>Otherwise one end alone would keep apart what should be kept apart twice.</summary>
    [Fact]
    public void Both_ends_of_each_way_say_the_same()
    {
        var ways =
            from source in s_pods.Values
            from listener in s_listeners
            select (Source: source, Destination: s_pods[listener.Name], listener.Port);

        Assert.All(
            ways,
            way =>
                Assert.Equal(
                    s_network.LetsOut(way.Source, way.Destination, way.Port),
                    s_network.LetsIn(way.Source, way.Destination, way.Port)
                )
        );
    }

    [Fact]
    public void Pods_listen_on_no_other_port_than_these()
    {
        var ports = Cluster.OnPrem.Workloads.SelectMany(
            workload => workload.Pod.Containers.SelectMany(container => container.Ports ?? []),
            (workload, port) => (workload.Name, port.ContainerPort)
        );

        Assert.Equal(s_listeners.Order(), ports.Order());
    }

    [Fact]
    public void Everybody_may_ask_for_names_and_nobody_for_more_there()
    {
        Assert.All(s_pods.Values, pod => Assert.True(s_network.Allows(pod, s_dns, 53, "UDP")));
        Assert.All(s_pods.Values, pod => Assert.False(s_network.Allows(pod, s_dns, 443)));
    }

    [Fact]
    public void Only_payment_svc_reaches_the_world_over_https_alone_and_nothing_of_our_own_networks()
    {
        Assert.Equal(
            ["payment-svc"],
            s_pods.Values.Where(pod => s_network.Allows(pod, s_toss, 443)).Select(pod => pod.Name)
        );
        Assert.All(s_pods.Values, pod => Assert.False(s_network.Allows(pod, s_toss, 80)));
        Assert.All(s_pods.Values, pod => Assert.False(s_network.Allows(pod, s_ownNetwork, 443)));
    }

    private static string Table()
    {
        Peer[] sources =
        [
            s_ingress,
            .. s_listeners.Select(item => s_pods[item.Name]),
            s_pods["mysql-backup"],
            s_stranger,
        ];
        (Peer Peer, int Port)[] destinations =
        [
            .. s_listeners.Select(item => (s_pods[item.Name], item.Port)),
            (s_toss, 443),
        ];
        var header =
            $"| from \\ to | {string.Join(" | ", destinations.Select(item => $"{item.Peer.Name} :{item.Port}"))} |";
        var line = $"|---|{string.Concat(destinations.Select(_ => ":-:|"))}";
        var rows = sources.Select(source =>
            $"| {source.Name} | {string.Join(" | ", destinations.Select(item => Cell(source, item.Peer, item.Port)))} |"
        );
        return string.Join('\n', [header, line, .. rows]);
    }

    /// <summary>Between others, the shop's policies have nothing to say.</summary>
    private static string Cell(Peer source, Peer destination, int port) =>
        !s_pods.ContainsValue(source) && !s_pods.ContainsValue(destination) ? " "
        : s_network.Allows(source, destination, port) ? "yes"
        : "–";

    private static int PortOf(string name) => s_listeners.Single(item => item.Name == name).Port;

    [GeneratedRegex(@"^(?:http://|Server=)([a-z-]+)[.:]")]
    private static partial Regex Address();
}
