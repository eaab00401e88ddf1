using System.Globalization;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What a cluster wants of everything that runs in it.</summary>
public sealed class ProductionTests
{
    private static readonly Cluster s_cluster = Cluster.Of("monitoring");

    [Fact]
    public void Pods_hold_to_the_restricted_profile_and_a_read_only_file_system()
    {
        Assert.All(
            s_cluster.Workloads,
            workload =>
            {
                Assert.False(workload.Pod.AutomountServiceAccountToken);
                Assert.False(workload.Pod.EnableServiceLinks);
                Assert.True(workload.Pod.SecurityContext.RunAsNonRoot);
                Assert.True(workload.Pod.SecurityContext.RunAsUser > 0);
                Assert.Equal("RuntimeDefault", workload.Pod.SecurityContext.SeccompProfile.Type);
                Assert.All(
                    workload.Containers,
                    container =>
                    {
                        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                        Assert.Null(container.SecurityContext.Capabilities.Add);
                    }
                );
            }
        );
        Assert.All(
            s_cluster.All<V1Namespace>(),
            item => Assert.Equal("restricted", item.Labels()["pod-security.kubernetes.io/enforce"])
        );
    }

    [Fact]
    public void Containers_ask_for_what_they_need_and_no_image_is_called_latest()
    {
        Assert.All(
            s_cluster.Workloads.SelectMany(workload => workload.Containers),
            container =>
            {
                foreach (var resource in (string[])["cpu", "memory"])
                {
                    var request = container.Resources.Requests[resource].ToDecimal();
                    Assert.InRange(request, 0.001m, container.Resources.Limits[resource].ToDecimal());
                }

                var tag = container.Image.Split('/')[^1].Split(':');
                Assert.True(tag.Length == 2 && tag[1] != "latest", container.Image);
            }
        );
    }

    [Fact]
    public void A_rollout_loses_no_request()
    {
        Assert.All(
            s_cluster.All<V1Deployment>().Where(item => item.Namespace() == "msa-shop"),
            deployment =>
            {
                Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
                var pod = deployment.Spec.Template.Spec;
                var container = pod.Containers.Single();
                Assert.NotNull(container.StartupProbe);
                Assert.Equal("/health", container.ReadinessProbe.HttpGet.Path);
                Assert.NotNull(container.LivenessProbe);

                var wait = container.Lifecycle.PreStop.Sleep.Seconds;
                var shutdown = container.Env.SingleOrDefault(item => item.Name == "DOTNET_SHUTDOWNTIMEOUTSECONDS");
                Assert.True(wait + long.Parse(shutdown?.Value ?? "0", CultureInfo.InvariantCulture) < pod.TerminationGracePeriodSeconds);
            }
        );
    }

    [Fact]
    public void A_service_with_a_database_migrates_it_first_with_its_own_image_and_settings()
    {
        var withDatabase = s_cluster
            .All<V1Deployment>()
            .Where(item => item.Spec.Template.Spec.InitContainers is not null)
            .ToDictionary(item => item.Name(), item => item.Spec.Template.Spec);

        Assert.Equal(["order-svc", "payment-svc", "product-svc", "user-svc"], withDatabase.Keys.Order());
        Assert.All(
            withDatabase.Values,
            pod =>
            {
                var (migration, service) = (pod.InitContainers.Single(), pod.Containers.Single());
                Assert.Equal(["migrate"], migration.Args);
                Assert.Equal(service.Image, migration.Image);
                Assert.Equal(service.Env.Select(item => item.Name), migration.Env.Select(item => item.Name));
                Assert.Equal(service.EnvFrom.Single().ConfigMapRef.Name, migration.EnvFrom.Single().ConfigMapRef.Name);
            }
        );
    }

    [Fact]
    public void A_changed_setting_makes_new_pods()
    {
        Assert.All(
            Cluster.OnPrem.All<V1Deployment>(),
            deployment =>
                Assert.Matches(
                    $"^{deployment.Name()}-settings-[0-9a-z]{{10}}$",
                    deployment.Spec.Template.Spec.Containers.Single().EnvFrom.Single().ConfigMapRef.Name
                )
        );
        Assert.NotEqual(
            Cluster
                .OnPrem.Get<V1Deployment>("gateway-svc")
                .Spec.Template.Spec.Containers[0]
                .EnvFrom[0]
                .ConfigMapRef.Name,
            Cluster.Local.Get<V1Deployment>("gateway-svc").Spec.Template.Spec.Containers[0].EnvFrom[0].ConfigMapRef.Name
        );
    }
}
