using k8s.Models;

namespace MsaShop.Kubernetes.Tests.Network;

/// <summary>Each of the ingress controllers that the document names fits in.</summary>
public sealed class IngressTests
{
    [Theory]
    [InlineData("ingress-traefik", "traefik", "traefik.ingress.kubernetes.io/")]
    [InlineData("ingress-nginx", "nginx", "nginx.org/")]
    [InlineData("ingress-nginx", "nginx", "nginx.ingress.kubernetes.io/")]
    public void A_component_chooses_the_class_and_speaks_the_controllers_words(
        string component,
        string ingressClass,
        string prefix
    )
    {
        var ingress = Cluster.Of(component).Get<V1Ingress>("shop");

        Assert.Equal(ingressClass, ingress.Spec.IngressClassName);
        Assert.Contains(
            ingress.Annotations(),
            annotation => annotation.Key.StartsWith(prefix, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("traefik", true)]
    [InlineData("nginx-ingress", true)]
    [InlineData("ingress-nginx", true)]
    [InlineData("default", false)]
    public void Controllers_of_these_namespaces_reach_the_edge_and_the_proof_of_a_host(string @namespace, bool allowed)
    {
        var network = new ClusterNetwork(Cluster.OnPrem);
        var controller = Peer.Pod("controller", @namespace, "app", "controller");

        Assert.Equal(
            allowed,
            network.Allows(controller, Peer.Pod("frontend-svc", "msa-shop", "app", "frontend-svc"), 3000)
        );
        Assert.Equal(
            allowed,
            network.Allows(controller, Peer.Pod("gateway-svc", "msa-shop", "app", "gateway-svc"), 9090)
        );
        Assert.Equal(
            allowed,
            network.Allows(
                controller,
                Peer.Pod("solver", "msa-shop", "acme.cert-manager.io/http01-solver", "true"),
                8089
            )
        );
    }
}
