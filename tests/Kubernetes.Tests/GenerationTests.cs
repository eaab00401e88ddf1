namespace MsaShop.Kubernetes.Tests;

public sealed class GenerationTests
{
    [Fact]
    public void The_committed_base_is_what_the_AppHost_and_the_templates_give()
    {
        var folder = Directory.CreateTempSubdirectory("base").FullName;
        try
        {
            Repository.Run(Repository.PathOf("shop"), ["k8s", "generate", "--no-build", "--output", folder]);

            Assert.Equal(Read(folder), Read(Repository.PathOf("aspirate-output", "base")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nothing_of_a_developers_machine_is_in_it() =>
        Assert.Equal(
            [
                "frontend-svc",
                "gateway-svc",
                "mysql-order",
                "mysql-product",
                "mysql-user",
                "order-svc",
                "payment-svc",
                "product-svc",
                "user-svc",
            ],
            Directory
                .GetDirectories(Repository.PathOf("aspirate-output", "base"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Each file's objects: how they are written out may differ between versions of the tool.</summary>
    private static SortedDictionary<string, string> Read(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file),
                    file => string.Join('\n', Cluster.Parse(File.ReadAllText(file)).Select(item => item.ToJsonString()))
                ),
            StringComparer.Ordinal
        );
}
