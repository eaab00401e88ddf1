using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace MsaShop.Kubernetes.Tests;

/// <summary>What one kustomization gives an API server, as <c>kubectl kustomize</c> renders it.</summary>
internal sealed class Cluster
{
    /// <summary>Kinds that other projects define; the client knows no types for them.</summary>
    private static readonly string[] s_foreignKinds = ["Certificate"];

    private static readonly ConcurrentDictionary<string, Lazy<Cluster>> s_rendered = new();

    private Cluster(string folder)
    {
        Yaml = Repository.Run("kubectl", ["kustomize", folder]);
        var documents = Yaml.Split("\n---\n").Select(text => (Text: text, Json: Parse(text))).ToList();
        Json = [.. documents.Select(document => document.Json)];
        Typed =
        [
            .. documents
                .Where(document => !s_foreignKinds.Contains(document.Json["kind"]!.ToString()))
                .SelectMany(document => KubernetesYaml.LoadAllFromString(document.Text, strict: true))
                .Cast<IKubernetesObject<V1ObjectMeta>>(),
        ];
    }

    public string Yaml { get; }

    /// <summary>Every object as it is in the file.</summary>
    public IReadOnlyList<JsonNode> Json { get; }

    /// <summary>Every object that the client has a type for, read strictly: no field that the API does not know.</summary>
    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Typed { get; }

    public static Cluster OnPrem => Of("overlays/on-prem");

    public static Cluster Local => Of("overlays/local");

    /// <summary>Renders a folder of <c>aspirate-output</c>, once.</summary>
    public static Cluster Of(string folder) =>
        s_rendered.GetOrAdd(folder, key => new(() => new Cluster(Repository.PathOf("aspirate-output", key)))).Value;

    /// <summary>Renders the base with these components.</summary>
    public static Cluster With(params string[] components) => On("base", components);

    /// <summary>Renders a folder of <c>aspirate-output</c> with these components on top.</summary>
    public static Cluster On(string resource, params string[] components)
    {
        // Kustomize wants everything under one roof.
        var folder = Directory.CreateTempSubdirectory("kustomize").FullName;
        try
        {
            var output = Repository.PathOf("aspirate-output");
            var lines = components.Select(component => $"- {Relative($"components/{component}")}");
            File.WriteAllText(
                Path.Combine(folder, "kustomization.yaml"),
                $"""
                resources:
                - {Relative(resource)}
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

    private static JsonNode Parse(string yaml)
    {
        using var reader = new StringReader(yaml);
        var document = new DeserializerBuilder()
            .WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize(reader);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(document!))!;
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
