using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>Every row of the architecture's tables is in the cluster.</summary>
public sealed class SeedTests
{
    public static TheoryData<string, int, string> Services =>
        new()
        {
            { "gateway-svc", 9090, "10.96.1.1" },
            { "user-svc", 8081, "10.96.1.2" },
            { "product-svc", 8082, "10.96.1.3" },
            { "order-svc", 8083, "10.96.1.4" },
            { "payment-svc", 8084, "10.96.1.5" },
            { "frontend-svc", 3000, "10.96.1.6" },
        };

    [Theory, MemberData(nameof(Services))]
    public void A_service_has_its_name_its_port_and_its_address(string name, int port, string address)
    {
        var service = Cluster.OnPrem.Get<V1Service>(name);

        Assert.Equal("msa-shop", service.Namespace());
        Assert.Equal(port, Assert.Single(service.Spec.Ports).Port);
        Assert.Equal(address, service.Spec.ClusterIP);
        Assert.Equal(port, Assert.Single(PodOf(name).Containers.Single().Ports).ContainerPort);
    }

    [Theory]
    [InlineData("gateway-svc", "500m", "512Mi", "1")]
    [InlineData("user-svc", "500m", "512Mi", "1")]
    [InlineData("product-svc", "500m", "512Mi", "1")]
    [InlineData("order-svc", "500m", "512Mi", "2")]
    [InlineData("payment-svc", "500m", "512Mi", "2")]
    [InlineData("frontend-svc", "200m", "256Mi", "2")]
    public void A_service_runs_twice_within_its_limits_on_its_node(string name, string cpu, string memory, string node)
    {
        var deployment = Cluster.OnPrem.Get<V1Deployment>(name);

        Assert.Equal(2, deployment.Spec.Replicas);
        Assert.All(
            new Workload(deployment.Metadata, deployment.Spec.Template).Containers,
            container =>
            {
                Assert.Equal(cpu, container.Resources.Limits["cpu"].ToString());
                Assert.Equal(memory, container.Resources.Limits["memory"].ToString());
            }
        );
        var preferred = deployment
            .Spec
            .Template
            .Spec
            .Affinity
            .NodeAffinity
            .PreferredDuringSchedulingIgnoredDuringExecution;
        Assert.Equal([node], Assert.Single(Assert.Single(preferred).Preference.MatchExpressions).Values);
    }

    [Theory]
    [InlineData("mysql-user", "userdb")]
    [InlineData("mysql-order", "orderdb paymentdb")]
    [InlineData("mysql-product", "productdb")]
    public void A_database_is_a_stateful_set_with_its_claim_behind_a_headless_service(string name, string databases)
    {
        var set = Cluster.OnPrem.Get<V1StatefulSet>(name);
        var service = Cluster.OnPrem.Get<V1Service>(name);
        var container = set.Spec.Template.Spec.Containers.Single();

        Assert.Equal("database", set.Namespace());
        Assert.Equal(1, set.Spec.Replicas);
        Assert.Equal(name, set.Spec.ServiceName);
        Assert.Equal("None", service.Spec.ClusterIP);
        Assert.Equal(3306, Assert.Single(service.Spec.Ports).Port);
        Assert.Equal("1", container.Resources.Limits["cpu"].ToString());
        Assert.Equal("1Gi", container.Resources.Limits["memory"].ToString());
        Assert.Equal("data", Assert.Single(set.Spec.VolumeClaimTemplates).Name());
        Assert.Equal(databases, container.Env.Single(variable => variable.Name == "SHOP_DATABASES").Value);
        Assert.Equal("3", set.Spec.Template.Spec.NodeSelector["msa-shop/worker"]);
    }

    [Fact]
    public void Three_hosts_lead_inside_over_tls()
    {
        var ingress = Cluster.OnPrem.Get<V1Ingress>("shop");

        Assert.Equal(
            [
                "shop.example.com frontend-svc:3000",
                "api.shop.example.com gateway-svc:9090",
                "admin.shop.example.com frontend-svc:3000",
            ],
            ingress.Spec.Rules.Select(rule =>
            {
                var backend = rule.Http.Paths.Single().Backend.Service;
                return $"{rule.Host} {backend.Name}:{backend.Port.Number}";
            })
        );
        Assert.Equal(ingress.Spec.Rules.Select(rule => rule.Host), Assert.Single(ingress.Spec.Tls).Hosts);
    }

    [Theory]
    [InlineData("msa-shop", "deny-all-ingress")]
    [InlineData("database", "deny-all-ingress")]
    [InlineData("msa-shop", "allow-frontend-to-gateway")]
    [InlineData("msa-shop", "allow-gateway-to-services")]
    [InlineData("msa-shop", "allow-order-to-other-services")]
    [InlineData("database", "allow-services-to-database")]
    [InlineData("msa-shop", "allow-ingress-to-edge")]
    [InlineData("msa-shop", "allow-payment-to-order")]
    public void A_network_policy_has_its_name(string @namespace, string name) =>
        Assert.Single(
            Cluster.OnPrem.All<V1NetworkPolicy>(),
            policy => policy.Name() == name && policy.Namespace() == @namespace
        );

    private static V1PodSpec PodOf(string name) => Cluster.OnPrem.Get<V1Deployment>(name).Spec.Template.Spec;
}
