using System.Text.Json.Nodes;

namespace MsaShop.Kubernetes.Tests;

/// <summary>The Secrets that <c>./shop k8s secrets</c> makes.</summary>
internal static class ShopSecrets
{
    private static readonly Lazy<IReadOnlyList<JsonNode>> s_made = new(Make);

    public static IReadOnlyList<JsonNode> All => s_made.Value;

    /// <summary>Each as <c>namespace/name/key</c>.</summary>
    public static IReadOnlySet<string> Names { get; } =
        All.SelectMany(secret => secret["stringData"]!.AsObject().Select(pair => $"{PathOf(secret)}/{pair.Key}"))
            .ToHashSet();

    public static string ValueOf(string @namespace, string name, string key) =>
        All.Single(secret => PathOf(secret) == $"{@namespace}/{name}")["stringData"]![key]!.ToString();

    private static string PathOf(JsonNode secret) =>
        $"{secret["metadata"]!["namespace"]}/{secret["metadata"]!["name"]}";

    private static List<JsonNode> Make()
    {
        var folder = Directory.CreateTempSubdirectory("secrets").FullName;
        try
        {
            Repository.Run(
                Repository.PathOf("shop"),
                ["k8s", "secrets", "--directory", folder],
                ("TOSS_CLIENT_KEY", "test_ck_key"),
                ("TOSS_SECRET_KEY", "test_sk_key")
            );
            return [.. Directory.GetFiles(folder).Select(file => JsonNode.Parse(File.ReadAllText(file))!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
