using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What one kustomization gives an API server, as <c>kubectl kustomize</c> renders it.</summary>
internal sealed class Cluster
{
    private static readonly ConcurrentDictionary<string, Lazy<Cluster>> s_rendered = new();

    private Cluster(string folder)
    {
        Yaml = Repository.Run("kubectl", ["kustomize", folder]);
        Json = Parse(Yaml);
        Typed = [.. KubernetesYaml.LoadAllFromString(Yaml, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];
    }

    public string Yaml { get; }

    /// <summary>Every object as it is in the file.</summary>
    public IReadOnlyList<JsonNode> Json { get; }

    /// <summary>
    /// Every object, read strictly: no field that the API does not know, and no kind that a bare API server lacks.
    /// </summary>
    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Typed { get; }

    public static Cluster OnPrem => Of("overlays/on-prem");

    public static Cluster Local => Of("overlays/local");

    /// <summary>What an operator may choose: the overlays, each component, and those that have to get on together.</summary>
    public static TheoryData<string> Choices =>
        [
            "overlays/on-prem",
            "overlays/local",
            "placement",
            "fixed-cluster-ips",
            "storage-local",
            "storage-nfs",
            "ingress-nginx",
            "ingress-traefik",
            "tls-cert-manager",
            "autoscaling",
            "monitoring",
            "from-first-release",
            "tls-cert-manager ingress-nginx",
            "placement storage-nfs fixed-cluster-ips autoscaling monitoring ingress-traefik tls-cert-manager",
        ];

    /// <summary>Renders an overlay, or the base, the hosts and these components, once.</summary>
    public static Cluster Of(string choice) =>
        s_rendered
            .GetOrAdd(
                choice,
                key =>
                    new(() =>
                        key.StartsWith("overlays/", StringComparison.Ordinal)
                            ? new Cluster(Repository.PathOf("aspirate-output", key))
                            : With(key.Split(' '))
                    )
            )
            .Value;

    private static Cluster With(string[] components)
    {
        // Kustomize wants everything under one roof.
        var folder = Directory.CreateTempSubdirectory("kustomize").FullName;
        try
        {
            var output = Repository.PathOf("aspirate-output");
            File.Copy(Path.Combine(output, "overlays/on-prem/ingress.yaml"), Path.Combine(folder, "ingress.yaml"));
            var lines = components.Select(component => $"- {Relative($"components/{component}")}");
            File.WriteAllText(
                Path.Combine(folder, "kustomization.yaml"),
                $"""
                resources:
                - {Relative("base")}
                - ingress.yaml
                components:
                {string.Join('\n', lines)}

                """
            );
            return new Cluster(folder);

            string Relative(string path) => Path.GetRelativePath(folder, Path.Combine(output, path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public IEnumerable<T> All<T>() => Typed.OfType<T>();

    public T Get<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => All<T>().Single(item => item.Metadata.Name == name);

    /// <summary>Everything that makes pods, with the template of its pods.</summary>
    public IEnumerable<Workload> Workloads =>
        All<V1Deployment>()
            .Select(item => new Workload(item.Metadata, item.Spec.Template))
            .Concat(All<V1StatefulSet>().Select(item => new Workload(item.Metadata, item.Spec.Template)))
            .Concat(All<V1CronJob>().Select(item => new Workload(item.Metadata, item.Spec.JobTemplate.Spec.Template)));

    /// <summary>Reads objects as they are in a file.</summary>
    public static IReadOnlyList<JsonNode> Parse(string yaml)
    {
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var writer = new SerializerBuilder().JsonCompatible().Build();
        return
        [
            .. yaml.Split("\n---\n")
                .Select(reader.Deserialize)
                // Before the first line of dashes there may be nothing but a comment.
                .OfType<object>()
                .Select(item => JsonNode.Parse(writer.Serialize(item))!),
        ];
    }
}

/// <summary>Something that makes pods.</summary>
/// <param name="Metadata">Its own metadata.</param>
/// <param name="Template">Its pods'.</param>
internal sealed record Workload(V1ObjectMeta Metadata, V1PodTemplateSpec Template)
{
    public string Name => Metadata.Name;

    public string Namespace => Metadata.NamespaceProperty;

    public V1PodSpec Pod => Template.Spec;

    public IEnumerable<V1Container> Containers => (Pod.InitContainers ?? []).Concat(Pod.Containers);

    public override string ToString() => $"{Namespace}/{Name}";
}
