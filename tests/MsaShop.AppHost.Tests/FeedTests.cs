using System.IO.Compression;
using System.Text.Json.Nodes;

namespace MsaShop.AppHost.Tests;

/// <summary>Each package that a feed lacks is stood in for, and no other.</summary>
public sealed class FeedTests : IDisposable
{
    private const string Probe = "compat/FeedProbe/FeedProbe.proj";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("msa-shop-feed-");

    /// <summary>The packages that have a stand-in, with their versions.</summary>
    private static readonly Lazy<(string Name, string Version)[]> s_packages = new(() =>
        [
            .. Items("MsaShop.AppHost", "_AspireStandInChoice", "none")
                .Select(item => ((string)item["Identity"]!, (string)item["Version"]!)),
        ]
    );

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void There_is_a_stand_in_for_each_and_nothing_else() =>
        Assert.Equal(
            Directory
                .GetDirectories(Repository.PathOf("compat"))
                .Select(Path.GetFileName)
                .Where(name => name is not ("FeedProbe" or "tests"))
                .Order(StringComparer.Ordinal),
            s_packages.Value.Select(package => package.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_feed_that_has_them_all_needs_no_stand_in()
    {
        foreach (var (name, version) in s_packages.Value)
        {
            AddPackage(name, version);
        }

        Assert.Equal("none", Ask(_folder.FullName));
    }

    [Fact]
    public void A_feed_is_asked_for_each_by_itself_in_the_version_that_is_wanted()
    {
        var (first, others) = (s_packages.Value[0], s_packages.Value[1..]);
        AddPackage(first.Name, first.Version);
        AddPackage(others[0].Name, "1.0.0");

        Assert.Equal(string.Join('+', others.Select(package => package.Name)), Ask(_folder.FullName));
    }

    [Fact]
    public void A_feed_that_does_not_answer_gives_no_answer_to_remember() =>
        // Port 1 is nobody's.
        Assert.Contains(
            "no answer about",
            Assert.Throws<InvalidOperationException>(() => Ask("http://127.0.0.1:1/index.json")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("MsaShop.AppHost")]
    [InlineData("services/OrderService")]
    [InlineData("MsaShop.sln")]
    public void Without_stand_ins_nothing_of_compat_is_referenced(string project)
    {
        Assert.DoesNotContain("compat", StandInsOf(project, "none"), StringComparison.Ordinal);
        Assert.Contains("compat", StandInsOf(project, "all"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_has_no_stand_in_is_refused_by_name() =>
        Assert.Contains(
            "AspireStandIns names Aspire.Hosting.Redis; it takes none, all, or some of ",
            Assert
                .Throws<InvalidOperationException>(() =>
                    MsBuild(
                        "MsaShop.AppHost",
                        "-t:CheckAspireStandIns",
                        "-p:AspireStandIns=Aspire.Hosting.Redis+Aspirate"
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_core_packages_come_from_the_feed_whatever_is_stood_in_for() =>
        Assert.Contains(
            Items("MsaShop.AppHost", "PackageReference", "all"),
            item => (string?)item["Identity"] == "Aspire.Hosting.AppHost"
        );

    private static string StandInsOf(string project, string standIns) =>
        MsBuild(project, "-t:ShowAspireStandIns", $"-p:AspireStandIns={standIns}");

    private static JsonNode[] Items(string project, string item, string standIns) =>
        [
            .. JsonNode.Parse(MsBuild(project, $"-getItem:{item}", $"-p:AspireStandIns={standIns}"))!["Items"]![
                item
            ]!.AsArray()!,
        ];

    private static string MsBuild(string project, params string[] arguments) =>
        Repository.Run("dotnet", ["msbuild", Repository.PathOf(project), "-nologo", .. arguments]);

    /// <summary>Which packages this feed lacks, as the build would remember it.</summary>
    private string Ask(string feed)
    {
        var answer = Path.Combine(_folder.FullName, "answer.props");
        try
        {
            Repository.Run(
                "dotnet",
                [
                    "msbuild",
                    Repository.PathOf(Probe),
                    "-nologo",
                    $"-p:Packages={string.Join('+', s_packages.Value.Select(package => $"{package.Name}/{package.Version}"))}",
                    $"-p:Answer={answer}",
                    $"-p:RestoreSources={feed}",
                    // Nothing of this may be found by a build, nor found there.
                    $"-p:RestorePackagesPath={Path.Combine(_folder.FullName, "packages")}",
                    $"-p:ProbeFolder={Path.Combine(_folder.FullName, "obj")}/",
                ]
            );
        }
        catch (InvalidOperationException) when (File.Exists(answer))
        {
            // What a feed lacks is an error of the restore that asked for it.
        }

        return File.ReadAllText(answer).Split("<AspireStandIns>")[1].Split('<')[0];
    }

    /// <summary>An empty package: it is asked for, never used.</summary>
    private void AddPackage(string name, string version)
    {
        using var archive = ZipFile.Open(
            Path.Combine(_folder.FullName, $"{name}.{version}.nupkg"),
            ZipArchiveMode.Create
        );
        using var writer = new StreamWriter(archive.CreateEntry($"{name}.nuspec").Open());
        writer.Write(
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id>
                <version>{version}</version>
                <authors>nobody</authors>
                <description>Empty.</description>
              </metadata>
            </package>
            """
        );
    }
}
