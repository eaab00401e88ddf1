using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What an API server checks of objects beyond their schemas, and what they mean to each other.</summary>
public sealed partial class ObjectRuleTests
{
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Names_and_labels_are_written_as_Kubernetes_wants_them(string choice)
    {
        var cluster = Cluster.Of(choice);
        foreach (var item in cluster.Typed)
        {
            // Names of pods begin with these, and get up to eleven characters more.
            Assert.InRange(item.Metadata.Name.Length, 1, item is V1CronJob or V1StatefulSet or V1Deployment ? 52 : 63);
            Assert.Matches(item is V1Service ? ServiceName() : Name(), item.Metadata.Name);
            Labels(item.Metadata.Labels);
            Assert.All(item.Metadata.Annotations ?? Nothing, pair => Assert.Matches(Key(), pair.Key));
        }

        foreach (var workload in cluster.Workloads)
        {
            Labels(workload.Template.Metadata.Labels);
            Labels(workload.Pod.NodeSelector);
            Assert.All(workload.Pod.Volumes, volume => Assert.Matches(Name(), volume.Name));
            foreach (var container in workload.Containers)
            {
                Assert.Matches(Name(), container.Name);
                Assert.All(container.Ports ?? [], port => Assert.Matches(PortName(), port.Name));
                Assert.All(container.Env ?? [], variable => Assert.Matches(VariableName(), variable.Name));
            }
        }

        foreach (var map in cluster.All<V1ConfigMap>())
        {
            // Settings become environment variables.
            Assert.All(map.Data.Keys, key => Assert.Matches(VariableName(), key));
            Assert.InRange(map.Data.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key + pair.Value)), 1, 1024 * 1024);
        }
    }

    /// <summary>A selector cannot be changed, so nothing stands in it that an upgrade changes.</summary>
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Selectors_hold_the_one_label_that_stays(string choice)
    {
        var cluster = Cluster.Of(choice);

        Assert.All(cluster.All<V1Deployment>(), item => Stays(item.Name(), item.Spec.Selector));
        Assert.All(cluster.All<V1StatefulSet>(), item => Stays(item.Name(), item.Spec.Selector));

        static void Stays(string name, V1LabelSelector selector)
        {
            Assert.Equal([KeyValuePair.Create("app", name)], selector.MatchLabels);
            Assert.Null(selector.MatchExpressions);
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Services_have_addresses_and_ports_of_their_own(string choice)
    {
        var cluster = Cluster.Of(choice);
        var services = cluster.All<V1Service>().ToList();

        var addresses = services.Select(item => item.Spec.ClusterIP).Where(ip => ip is not (null or "None")).ToList();
        Assert.Equal(addresses.Distinct(), addresses);
        Assert.All(
            addresses,
            address => Assert.True(IPNetwork.Parse("10.96.0.0/12").Contains(IPAddress.Parse(address)))
        );
        Assert.All(
            services.SelectMany(service => service.Spec.Ports, (service, port) => (service, port)),
            item =>
            {
                Assert.Matches(PortName(), item.port.Name);
                Assert.Single(
                    item.service.Spec.Ports,
                    other =>
                        other.Name == item.port.Name
                        || (other.Port == item.port.Port && other.Protocol == item.port.Protocol)
                );
            }
        );
        Assert.All(
            cluster.All<V1StatefulSet>(),
            set =>
                Assert.Single(
                    services,
                    service =>
                        service.Name() == set.Spec.ServiceName
                        && service.Namespace() == set.Namespace()
                        && service.Spec.ClusterIP == "None"
                )
        );
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_host_leads_to_a_port_that_its_service_has(string choice)
    {
        var cluster = Cluster.Of(choice);

        foreach (var ingress in cluster.All<V1Ingress>())
        {
            Assert.All(ingress.Spec.Rules, rule => Assert.Matches(Host(), rule.Host));
            Assert.All(
                ingress.Spec.Rules.SelectMany(rule => rule.Http.Paths),
                path =>
                {
                    Assert.StartsWith("/", path.Path);
                    var service = cluster
                        .All<V1Service>()
                        .Single(item =>
                            item.Name() == path.Backend.Service.Name && item.Namespace() == ingress.Namespace()
                        );
                    Assert.Contains(service.Spec.Ports, port => port.Port == path.Backend.Service.Port.Number);
                }
            );
        }
    }

    [Fact]
    public void A_controller_and_cert_manager_leave_each_others_settings_alone()
    {
        var ingress = Cluster.Of("tls-cert-manager ingress-nginx").Get<V1Ingress>("shop");

        Assert.Equal("nginx", ingress.Spec.IngressClassName);
        Assert.Equal("60s", ingress.Annotations()["nginx.org/proxy-read-timeout"]);
        Assert.Equal("letsencrypt", ingress.Annotations()["cert-manager.io/cluster-issuer"]);
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Network_policies_say_what_they_may(string choice)
    {
        foreach (var policy in Cluster.Of(choice).All<V1NetworkPolicy>())
        {
            var (ingress, egress) = (policy.Spec.Ingress ?? [], policy.Spec.Egress ?? []);
            Assert.True(ingress.Count == 0 || policy.Spec.PolicyTypes.Contains("Ingress"), policy.Name());
            Assert.True(egress.Count == 0 || policy.Spec.PolicyTypes.Contains("Egress"), policy.Name());
            Assert.All(
                ingress.SelectMany(rule => rule.Ports).Concat(egress.SelectMany(rule => rule.Ports)),
                port =>
                {
                    if (int.TryParse(port.Port.Value, out var number))
                    {
                        Assert.InRange(number, 1, port.EndPort ?? 65535);
                    }
                    else
                    {
                        Assert.Matches(PortName(), port.Port.Value);
                        Assert.Null(port.EndPort);
                    }
                }
            );
            var peers = ingress
                .SelectMany(rule => rule.FromProperty)
                .Concat(egress.SelectMany(rule => rule.To))
                .ToList();
            Assert.All(
                peers,
                peer =>
                    Assert.NotEqual(peer.IpBlock is null, peer.PodSelector is null && peer.NamespaceSelector is null)
            );
            Assert.All(
                peers.Select(peer => peer.IpBlock).OfType<V1IPBlock>(),
                block =>
                    Assert.All(
                        block.Except,
                        except => Assert.True(IPNetwork.Parse(block.Cidr).Contains(IPNetwork.Parse(except).BaseAddress))
                    )
            );
            Assert.All(
                peers
                    .SelectMany(peer => (V1LabelSelector?[])[peer.PodSelector, peer.NamespaceSelector])
                    .Append(policy.Spec.PodSelector)
                    .SelectMany(selector => selector?.MatchExpressions ?? []),
                expression =>
                    Assert.Equal(expression.OperatorProperty is "In" or "NotIn", expression.Values is { Count: > 0 })
            );
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Jobs_budgets_and_autoscalers_can_do_their_work(string choice)
    {
        var cluster = Cluster.Of(choice);

        Assert.All(
            cluster.All<V1CronJob>(),
            job =>
            {
                Assert.Matches(Schedule(), job.Spec.Schedule);
                Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(job.Spec.TimeZone));
                Assert.NotEqual("Always", job.Spec.JobTemplate.Spec.Template.Spec.RestartPolicy ?? "Always");
            }
        );
        Assert.All(
            cluster.All<V1Deployment>(),
            item => Assert.Equal("Always", item.Spec.Template.Spec.RestartPolicy ?? "Always")
        );
        Assert.All(
            cluster.All<V1PodDisruptionBudget>(),
            budget =>
            {
                Assert.Null(budget.Spec.MaxUnavailable);
                var replicas = cluster.Get<V1Deployment>(budget.Name()).Spec.Replicas;
                var autoscaler = cluster
                    .All<V2HorizontalPodAutoscaler>()
                    .SingleOrDefault(item => item.Name() == budget.Name());
                // A budget of all that run would keep a node from ever being emptied.
                Assert.InRange(
                    int.Parse(budget.Spec.MinAvailable.Value, CultureInfo.InvariantCulture),
                    0,
                    (replicas ?? autoscaler!.Spec.MinReplicas)!.Value - 1
                );
            }
        );
        Assert.All(
            cluster.All<V2HorizontalPodAutoscaler>(),
            item => Assert.InRange(item.Spec.MinReplicas!.Value, 1, item.Spec.MaxReplicas)
        );
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Volumes_can_hold_the_claims_that_they_wait_for(string choice)
    {
        var cluster = Cluster.Of(choice);
        var claims = cluster
            .All<V1PersistentVolumeClaim>()
            .Select(claim => (Name: claim.Name(), claim.Spec))
            .Concat(
                cluster
                    .All<V1StatefulSet>()
                    .SelectMany(
                        set => set.Spec.VolumeClaimTemplates,
                        (set, claim) => (Name: $"{claim.Name()}-{set.Name()}-0", claim.Spec)
                    )
            )
            .ToDictionary(claim => claim.Name, claim => claim.Spec);
        var volumes = cluster.All<V1PersistentVolume>().ToList();
        var classes = cluster.All<V1StorageClass>().Select(item => item.Name()).ToList();

        Assert.True(volumes.Count == 0 || volumes.Count == claims.Count);
        Assert.All(claims.Values, claim => Assert.Equal(classes.SingleOrDefault(), claim.StorageClassName));
        Assert.All(
            volumes,
            volume =>
            {
                var claim = claims[volume.Spec.ClaimRef.Name];
                Assert.Equal("database", volume.Spec.ClaimRef.NamespaceProperty);
                Assert.Equal(claim.StorageClassName, volume.Spec.StorageClassName);
                Assert.Equal(claim.AccessModes, volume.Spec.AccessModes);
                Assert.True(
                    claim.Resources.Requests["storage"].ToDecimal() <= volume.Spec.Capacity["storage"].ToDecimal()
                );
                Assert.NotEqual(volume.Spec.Local is null, volume.Spec.Nfs is null);
                // A local volume is on one node, which it has to name.
                Assert.Equal(volume.Spec.Local is null, volume.Spec.NodeAffinity is null);
            }
        );
    }

    private static IDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static void Labels(IDictionary<string, string>? labels) =>
        Assert.All(
            labels ?? Nothing,
            label =>
            {
                Assert.Matches(Key(), label.Key);
                Assert.Matches(LabelValue(), label.Value);
            }
        );

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^(?=.{1,15}$)(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex PortName();

    [GeneratedRegex(@"^[-._a-zA-Z][-._a-zA-Z0-9]*$")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$")]
    private static partial Regex Host();

    [GeneratedRegex(@"^[0-5]?\d ([01]?\d|2[0-3]) \* \* \*$")]
    private static partial Regex Schedule();
}
