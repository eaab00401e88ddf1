using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What the client's types leave open and an API server checks: words of a fixed list, and how things are written.</summary>
public sealed partial class FormatTests
{
    private static readonly Cluster[] s_clusters =
    [
        Cluster.OnPrem,
        Cluster.Local,
        Cluster.With("storage-nfs", "autoscaling", "monitoring", "tls-cert-manager"),
    ];

    /// <summary>The fields with a fixed list of words, wherever they stand, and those words that the shop uses.</summary>
    private static readonly Dictionary<string, string[]> s_words = new()
    {
        ["imagePullPolicy"] = ["Always", "IfNotPresent", "Never"],
        ["restartPolicy"] = ["Always", "OnFailure", "Never"],
        ["concurrencyPolicy"] = ["Allow", "Forbid", "Replace"],
        ["pathType"] = ["Exact", "Prefix", "ImplementationSpecific"],
        ["protocol"] = ["TCP", "UDP"],
        ["whenUnsatisfiable"] = ["DoNotSchedule", "ScheduleAnyway"],
        ["unhealthyPodEvictionPolicy"] = ["IfHealthyBudget", "AlwaysAllow"],
        ["whenDeleted"] = ["Retain", "Delete"],
        ["whenScaled"] = ["Retain", "Delete"],
        ["persistentVolumeReclaimPolicy"] = ["Retain", "Delete"],
        ["reclaimPolicy"] = ["Retain", "Delete"],
        ["volumeBindingMode"] = ["Immediate", "WaitForFirstConsumer"],
        ["fsGroupChangePolicy"] = ["OnRootMismatch", "Always"],
        ["accessModes"] = ["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"],
        ["policyTypes"] = ["Ingress", "Egress"],
        ["operator"] = ["In", "NotIn", "Exists", "DoesNotExist"],
    };

    [Fact]
    public void Words_are_of_the_fixed_lists()
    {
        var found = new HashSet<string>();
        foreach (var (field, value) in s_clusters.SelectMany(cluster => cluster.Json).SelectMany(Leaves))
        {
            if (s_words.TryGetValue(field, out var words))
            {
                found.Add(field);
                Assert.Contains(value, words);
            }
        }

        Assert.Equal(s_words.Keys.Order(), found.Order());
    }

    [Fact]
    public void Names_labels_and_ports_are_written_as_Kubernetes_wants_them()
    {
        foreach (var item in s_clusters.SelectMany(cluster => cluster.Typed))
        {
            Assert.Matches(Name(), item.Metadata.Name);
            Assert.All(
                item.Metadata.Labels ?? new Dictionary<string, string>(),
                label => Assert.Matches(LabelValue(), label.Value)
            );
        }

        foreach (
            var container in s_clusters.SelectMany(cluster => cluster.Workloads).SelectMany(item => item.Containers)
        )
        {
            Assert.Matches(Name(), container.Name);
            Assert.All(container.Ports ?? [], port => Assert.Matches(PortName(), port.Name));
            Assert.All(container.Env ?? [], variable => Assert.Matches(VariableName(), variable.Name));
        }

        Assert.All(
            s_clusters.SelectMany(cluster => cluster.All<V1ConfigMap>()).SelectMany(map => map.Data.Keys),
            key => Assert.Matches(VariableName(), key)
        );
    }

    [Fact]
    public void Addresses_networks_and_schedules_can_be_read()
    {
        foreach (var cluster in s_clusters)
        {
            Assert.All(
                cluster
                    .All<V1Service>()
                    .Select(service => service.Spec.ClusterIP)
                    .Where(ip => ip is not (null or "None")),
                ip => Assert.True(IPNetwork.Parse("10.96.0.0/12").Contains(IPAddress.Parse(ip)))
            );
            var blocks = cluster
                .All<V1NetworkPolicy>()
                .SelectMany(policy => policy.Spec.Egress ?? [])
                .SelectMany(rule => rule.To ?? [])
                .Select(peer => peer.IpBlock)
                .OfType<V1IPBlock>();
            Assert.All(
                blocks,
                block =>
                    Assert.All(
                        block.Except,
                        except => Assert.True(IPNetwork.Parse(block.Cidr).Contains(IPNetwork.Parse(except).BaseAddress))
                    )
            );
            Assert.All(
                cluster.All<V1CronJob>(),
                job =>
                {
                    Assert.Matches(Schedule(), job.Spec.Schedule);
                    Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(job.Spec.TimeZone));
                }
            );
        }
    }

    private static IEnumerable<(string Field, string Value)> Leaves(JsonNode node) =>
        node switch
        {
            JsonObject item => item.Where(pair => pair.Value is not null)
                .SelectMany(pair =>
                    pair.Value switch
                    {
                        JsonValue value => [(pair.Key, value.ToString())],
                        JsonArray list when list.All(element => element is JsonValue) => list.Select(element =>
                            (pair.Key, element!.ToString())
                        ),
                        var other => Leaves(other!),
                    }
                ),
            JsonArray list => list.SelectMany(element => Leaves(element!)),
            _ => [],
        };

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^(?=.{1,15}$)(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex PortName();

    [GeneratedRegex(@"^[-._a-zA-Z][-._a-zA-Z0-9]*$")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^\d{1,2} \d{1,2} \* \* \*$")]
    private static partial Regex Schedule();
}
