using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What an API server checks of a pod beyond its schema, and the kubelet after it.</summary>
public sealed class PodRuleTests
{
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Nothing_that_is_told_apart_by_a_key_is_there_twice(string choice)
    {
        foreach (var workload in Cluster.Of(choice).Workloads)
        {
            Distinct(workload.Containers, container => container.Name);
            Distinct(workload.Pod.Volumes, volume => volume.Name);
            Distinct(workload.Pod.Containers.SelectMany(container => container.Ports ?? []), port => port.Name);
            Distinct(
                workload.Pod.TopologySpreadConstraints ?? [],
                constraint => (constraint.TopologyKey, constraint.WhenUnsatisfiable)
            );
            foreach (var container in workload.Containers)
            {
                Distinct(container.Ports ?? [], port => (port.ContainerPort, port.Protocol ?? "TCP"));
                Distinct(container.Env ?? [], variable => variable.Name);
                Distinct(container.VolumeMounts, mount => mount.MountPath);
            }
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Volumes_are_declared_mounted_and_open_to_their_owner_alone(string choice)
    {
        var cluster = Cluster.Of(choice);
        var claims = cluster
            .All<V1StatefulSet>()
            .ToDictionary(item => item.Name(), item => item.Spec.VolumeClaimTemplates.Select(claim => claim.Name()));

        foreach (var workload in cluster.Workloads)
        {
            var mounts = workload.Containers.SelectMany(container => container.VolumeMounts).ToList();
            Assert.Equal(
                workload
                    .Pod.Volumes.Select(volume => volume.Name)
                    .Concat(claims.GetValueOrDefault(workload.Name, []))
                    .Order(),
                mounts.Select(mount => mount.Name).Distinct().Order()
            );
            Assert.All(mounts, mount => Assert.StartsWith("/", mount.MountPath));
            Assert.All(mounts, mount => Assert.DoesNotContain(':', mount.MountPath));
            // 0777 octal is 511.
            Assert.All(
                workload.Pod.Volumes.Select(volume => volume.Secret?.DefaultMode ?? volume.ConfigMap?.DefaultMode ?? 0),
                mode => Assert.InRange(mode, 0, 511)
            );
            Assert.All(
                workload.Pod.Volumes.Where(volume => volume.Secret is not null),
                volume => Assert.Equal(Convert.ToInt32("440", 8), volume.Secret.DefaultMode)
            );
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Pod_security_admits_every_pod_to_a_restricted_namespace(string choice)
    {
        Assert.All(
            Cluster.Of(choice).Workloads,
            workload =>
            {
                var pod = workload.Pod;
                Assert.True(pod.HostNetwork is null && pod.HostPID is null && pod.HostIPC is null);
                Assert.Null(pod.SecurityContext.Sysctls);
                Assert.Null(pod.SecurityContext.SeLinuxOptions);
                Assert.All(
                    pod.Volumes,
                    volume =>
                        Assert.True(
                            volume.EmptyDir is not null
                                || volume.ConfigMap is not null
                                || volume.Secret is not null
                                || volume.PersistentVolumeClaim is not null,
                            volume.Name
                        )
                );
                Assert.All(
                    workload.Containers,
                    container =>
                    {
                        Assert.Null(container.SecurityContext.Privileged);
                        Assert.Null(container.SecurityContext.ProcMount);
                        Assert.Null(container.SecurityContext.RunAsUser);
                        Assert.Null(container.SecurityContext.SeccompProfile);
                        Assert.All(container.Ports ?? [], port => Assert.Null(port.HostPort));
                    }
                );
            }
        );
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Probes_and_the_end_of_a_pod_are_timed_as_they_may_be(string choice)
    {
        foreach (var workload in Cluster.Of(choice).Workloads)
        {
            foreach (var container in workload.Containers)
            {
                Assert.True(container.StartupProbe?.SuccessThreshold is null or 1);
                Assert.True(container.LivenessProbe?.SuccessThreshold is null or 1);
                V1Probe?[] probes = [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
                Assert.All(
                    probes.OfType<V1Probe>(),
                    probe =>
                    {
                        Assert.InRange(probe.TimeoutSeconds ?? 1, 1, probe.PeriodSeconds ?? 10);
                        Assert.InRange(probe.FailureThreshold ?? 3, 1, int.MaxValue);
                        Assert.Single((object?[])[probe.HttpGet, probe.Exec, probe.TcpSocket, probe.Grpc], Exists);
                    }
                );
                var wait = container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0;
                Assert.InRange(wait, 0, workload.Pod.TerminationGracePeriodSeconds ?? 30);
            }

            // What runs before the others is not there any more when the pod is probed.
            Assert.All(
                workload.Pod.InitContainers ?? [],
                container =>
                {
                    Assert.Null(container.ReadinessProbe ?? container.LivenessProbe ?? container.StartupProbe);
                    Assert.Null(container.Lifecycle);
                }
            );
        }
    }

    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Requests_are_within_limits(string choice)
    {
        foreach (var container in Cluster.Of(choice).Workloads.SelectMany(workload => workload.Containers))
        {
            Assert.Equal(container.Resources.Limits.Keys.Order(), container.Resources.Requests.Keys.Order());
            Assert.All(
                container.Resources.Requests,
                request => Assert.True(request.Value.ToDecimal() <= container.Resources.Limits[request.Key].ToDecimal())
            );
        }
    }

    /// <summary>
    /// A node of two CPUs and 4 GiB has about one CPU and 3 GiB left beside Kubernetes itself; during a rollout a pod more
    /// of one service runs, and at night the backups.
    /// </summary>
    [Fact]
    public void The_local_overlay_fits_a_small_node()
    {
        var requests = Cluster
            .Local.All<V1Deployment>()
            .Select(item => (item.Spec.Replicas!.Value, item.Spec.Template.Spec))
            .Concat(
                Cluster.Local.All<V1StatefulSet>().Select(item => (item.Spec.Replicas!.Value, item.Spec.Template.Spec))
            )
            .Concat(Cluster.Local.All<V1CronJob>().Select(item => (1, item.Spec.JobTemplate.Spec.Template.Spec)))
            .ToList();

        Assert.InRange(Sum("cpu"), 0.1m, 0.9m);
        Assert.InRange(Sum("memory"), 1m, 3m * 1024 * 1024 * 1024);

        decimal Sum(string resource) => requests.Sum(item => item.Item1 * Effective(item.Item2, resource));
    }

    /// <summary>What the scheduler counts: all containers, or the one init container that wants more.</summary>
    private static decimal Effective(V1PodSpec pod, string resource) =>
        Math.Max(
            pod.Containers.Sum(container => container.Resources.Requests[resource].ToDecimal()),
            (pod.InitContainers ?? [])
                .Select(container => container.Resources.Requests[resource].ToDecimal())
                .DefaultIfEmpty()
                .Max()
        );

    private static void Distinct<TItem, TKey>(IEnumerable<TItem> items, Func<TItem, TKey> key)
    {
        var keys = items.Select(key).ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    private static bool Exists(object? item) => item is not null;
}
