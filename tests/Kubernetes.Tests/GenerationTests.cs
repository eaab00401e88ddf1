using System.Text.Json;

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
    public void What_lacks_something_does_not_take_the_place_of_what_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("base").FullName;
        try
        {
            var repository = Path.Combine(folder, "repository");
            LinkTo(Repository.PathOf(), repository, except: "MsaShop.AppHost");
            LinkTo(
                Repository.PathOf("MsaShop.AppHost"),
                Path.Combine(repository, "MsaShop.AppHost"),
                except: "aspirate"
            );
            var aspirate = Path.Combine(repository, "MsaShop.AppHost", "aspirate");
            LinkTo(Repository.PathOf("MsaShop.AppHost", "aspirate"), aspirate, except: "aspirate.json");
            // The tool knows no such key, and says nothing: its own templates have no probes, policies or backups.
            File.WriteAllText(Path.Combine(aspirate, "aspirate.json"), """{ "templatePath": "templates" }""");
            var output = Directory.CreateDirectory(Path.Combine(folder, "output")).FullName;
            File.WriteAllText(Path.Combine(output, "kustomization.yaml"), "the old one");

            var exception = Assert.Throws<InvalidOperationException>(() =>
                Repository.Run(Path.Combine(repository, "shop"), ["k8s", "generate", "--no-build", "--output", output])
            );

            Assert.Matches(
                $@"\nshop: base lacks [a-z-]+'s livenessProbe, .* and \d+ more; {output} stays as it was\n",
                exception.Message
            );
            var file = Assert.Single(Directory.GetFileSystemEntries(output));
            Assert.Equal("the old one", File.ReadAllText(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("kustomization.yaml", "- order-svc\n", "", "base lacks order-svc's Deployment or StatefulSet")]
    [InlineData("order-svc/deployment.yaml", "livenessProbe:", "probe:", "base lacks order-svc's livenessProbe")]
    [InlineData("order-svc/service.yaml", "kind: Service", "kind: Other", "base lacks order-svc's Service")]
    [InlineData("order-svc/deployment.yaml", "kind: Pod", "kind: ", "base lacks order-svc's PodDisruptionBudget")]
    [InlineData("mysql-user/statefulset.yaml", "kind: CronJob", "kind: Other", "base lacks mysql-user's backup")]
    [InlineData("namespace.yaml", "mysql-user", "mysql", "base lacks mysql-user's NetworkPolicy")]
    [InlineData("namespace.yaml", "deny-all-egress", "egress", "base lacks msa-shop's deny-all-egress, database's")]
    // An overlay merges settings into these.
    [InlineData(
        "order-svc/kustomization.yaml",
        "order-svc-settings",
        "settings",
        "overlays/local cannot be rendered: "
    )]
    public void What_is_missing_is_said_in_one_line(string file, string before, string after, string problem)
    {
        var folder = Directory.CreateTempSubdirectory("base").FullName;
        try
        {
            Repository.Run("cp", ["-R", Repository.PathOf("aspirate-output", "base"), folder]);
            var made = Path.Combine(folder, "base");
            var resources = Directory
                .GetDirectories(made)
                .Order(StringComparer.Ordinal)
                .ToDictionary(path => Path.GetFileName(path), _ => new { type = "container.v0" });
            var manifest = Path.Combine(folder, "manifest.json");
            File.WriteAllText(manifest, JsonSerializer.Serialize(new { resources }));
            string[] check = [Repository.PathOf("MsaShop.AppHost", "aspirate", "check.mjs"), manifest, made];

            Assert.Matches(@"^\d+ objects in base, \d+ objects in overlays/local, ", Repository.Run("node", check));

            var path = Path.Combine(made, file);
            File.WriteAllText(path, File.ReadAllText(path).Replace(before, after, StringComparison.Ordinal));
            var exception = Assert.Throws<InvalidOperationException>(() => Repository.Run("node", check));

            var said = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
            Assert.StartsWith(problem, Assert.Single(said), StringComparison.Ordinal);
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

    /// <summary>Makes a folder of links to what is in another, but for one thing.</summary>
    private static void LinkTo(string folder, string links, string except)
    {
        Directory.CreateDirectory(links);
        foreach (
            var entry in Directory.EnumerateFileSystemEntries(folder).Where(entry => Path.GetFileName(entry) != except)
        )
        {
            Directory.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(entry)), entry);
        }
    }

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
