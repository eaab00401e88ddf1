using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>The objects fit the API and each other, in every overlay and with every component.</summary>
public sealed class ObjectTests
{
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_object_is_read_strictly_and_has_its_own_name(string choice)
    {
        var cluster = Cluster.Of(choice);

        Assert.NotEmpty(cluster.Typed);
        var names = cluster.Json.Select(item =>
            $"{item["kind"]} {item["metadata"]!["namespace"]}/{item["metadata"]!["name"]}"
        );
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Reading_strictly_finds_a_misspelt_field() =>
        Assert.ThrowsAny<Exception>(() =>
            k8s.KubernetesYaml.LoadAllFromString(
                Cluster.OnPrem.Yaml.Replace("automountServiceAccountToken:", "automountServiceAcountToken:"),
                strict: true
            )
        );

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_object_is_in_a_namespace_that_is_there(string choice)
    {
        var cluster = Cluster.Of(choice);
        var namespaces = cluster.All<V1Namespace>().Select(item => item.Metadata.Name).ToHashSet();
        string[] clusterWide = ["Namespace", "PersistentVolume", "StorageClass"];

        Assert.All(
            cluster.Typed.Where(item => !clusterWide.Contains(item.Kind)),
            item => Assert.Contains(item.Metadata.NamespaceProperty, namespaces)
        );
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Selectors_find_the_pods_they_mean(string choice)
    {
        var cluster = Cluster.Of(choice);
        var workloads = cluster.Workloads.ToList();

        Assert.All(
            cluster.All<V1Deployment>(),
            item => Assert.True(Matches(item.Spec.Selector.MatchLabels, item.Spec.Template.Metadata))
        );
        Assert.All(
            cluster.All<V1StatefulSet>(),
            item => Assert.True(Matches(item.Spec.Selector.MatchLabels, item.Spec.Template.Metadata))
        );
        Assert.All(
            cluster.All<V1Service>(),
            item => Assert.Single(workloads, workload => IsFor(workload, item, item.Spec.Selector))
        );
        Assert.All(
            cluster.All<V1PodDisruptionBudget>(),
            item => Assert.Single(workloads, workload => IsFor(workload, item, item.Spec.Selector.MatchLabels))
        );
        Assert.All(
            cluster.All<V2HorizontalPodAutoscaler>(),
            item =>
                Assert.Contains(
                    cluster.All<V1Deployment>(),
                    deployment =>
                        deployment.Namespace() == item.Namespace() && deployment.Name() == item.Spec.ScaleTargetRef.Name
                )
        );
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Services_and_probes_name_ports_that_the_pods_have(string choice)
    {
        var cluster = Cluster.Of(choice);

        foreach (var service in cluster.All<V1Service>())
        {
            var workload = cluster.Workloads.Single(item => IsFor(item, service, service.Spec.Selector));
            var ports = workload.Pod.Containers.SelectMany(container => container.Ports ?? []);
            Assert.All(service.Spec.Ports, port => Assert.Contains(ports, item => item.Name == port.TargetPort.Value));
        }

        foreach (var container in cluster.Workloads.SelectMany(workload => workload.Containers))
        {
            V1Probe?[] probes = [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
            Assert.All(
                probes.Where(probe => probe?.HttpGet is not null),
                probe => Assert.Contains(container.Ports, port => port.Name == probe!.HttpGet.Port.Value)
            );
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_setting_volume_and_secret_that_a_pod_names_exists(string choice)
    {
        var cluster = Cluster.Of(choice);
        // Every installation of the first release has its Secret.
        IEnumerable<string> secrets = choice.Contains("from-first-release", StringComparison.Ordinal)
            ? [.. ShopSecrets.Names, "msa-shop/service-token-key/value"]
            : ShopSecrets.Names;
        var configMaps = cluster.All<V1ConfigMap>().ToDictionary(item => $"{item.Namespace()}/{item.Name()}");
        var claims = cluster.All<V1PersistentVolumeClaim>().Select(item => item.Name()).ToHashSet();

        foreach (var workload in cluster.Workloads)
        {
            foreach (var container in workload.Containers)
            {
                Assert.All(
                    (container.EnvFrom ?? []).Select(source => source.ConfigMapRef.Name),
                    name => Assert.True(configMaps.ContainsKey($"{workload.Namespace}/{name}"), name)
                );
                Assert.All(
                    (container.Env ?? [])
                        .Select(variable => variable.ValueFrom?.SecretKeyRef)
                        .OfType<V1SecretKeySelector>(),
                    reference => Assert.Contains($"{workload.Namespace}/{reference.Name}/{reference.Key}", secrets)
                );
                var volumes = workload.Pod.Volumes.Select(volume => volume.Name).Append("data");
                Assert.All(container.VolumeMounts, mount => Assert.Contains(mount.Name, volumes));
            }

            foreach (var volume in workload.Pod.Volumes)
            {
                if (volume.Secret is { } secret)
                {
                    Assert.Contains(
                        secrets,
                        name => name.StartsWith($"{workload.Namespace}/{secret.SecretName}/", StringComparison.Ordinal)
                    );
                }

                if (volume.ConfigMap is { } map)
                {
                    var data = configMaps[$"{workload.Namespace}/{map.Name}"].Data;
                    Assert.All(map.Items ?? [], item => Assert.True(data.ContainsKey(item.Key)));
                }

                if (volume.PersistentVolumeClaim is { } claim)
                {
                    Assert.Contains(claim.ClaimName, claims);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_variable_that_another_refers_to_stands_before_it(string choice)
    {
        foreach (var container in Cluster.Of(choice).Workloads.SelectMany(workload => workload.Containers))
        {
            var known = new HashSet<string>();
            foreach (var variable in container.Env ?? [])
            {
                foreach (
                    System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(
                        variable.Value ?? "",
                        @"\$\((\w+)\)"
                    )
                )
                {
                    Assert.Contains(match.Groups[1].Value, known);
                }

                Assert.True(known.Add(variable.Name), $"{container.Name} has {variable.Name} twice");
                Assert.DoesNotContain('{', variable.Value ?? "");
            }
        }
    }

    private static bool IsFor(
        Workload workload,
        k8s.IKubernetesObject<V1ObjectMeta> item,
        IDictionary<string, string> selector
    ) => workload.Namespace == item.Metadata.NamespaceProperty && Matches(selector, workload.Template.Metadata);

    private static bool Matches(IDictionary<string, string> selector, V1ObjectMeta pod) =>
        selector.All(label => pod.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
