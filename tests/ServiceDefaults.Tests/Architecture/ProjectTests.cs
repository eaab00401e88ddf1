using System.Xml.Linq;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Architecture;

/// <summary>Which project builds on which.</summary>
public sealed class ProjectTests
{
    private const string Folder = "MsaShop.ServiceDefaults";

    [Fact]
    public void Service_defaults_build_on_nothing_else_of_the_shop()
    {
        Assert.Equal(["MsaShop.ServiceDefaults"], ProjectsOf($"{Folder}/MsaShop.ServiceDefaults.csproj"));
    }

    [Theory]
    [InlineData("Csv/MsaShop.Csv.csproj", "MsaShop.Csv, MsaShop.ServiceDefaults")]
    [InlineData("Data/MsaShop.Data.csproj", "MsaShop.Data, MsaShop.ServiceDefaults")]
    [InlineData("Outbox/MsaShop.Outbox.csproj", "MsaShop.Data, MsaShop.Outbox, MsaShop.ServiceDefaults")]
    public void What_builds_on_them_goes_one_way(string project, string projects)
    {
        Assert.Equal(projects, string.Join(", ", ProjectsOf($"{Folder}/{project}")));
    }

    [Theory]
    [InlineData($"{Folder}/MsaShop.ServiceDefaults.csproj")]
    [InlineData("services/Gateway/Gateway.csproj")]
    public void What_has_no_database_brings_no_Entity_Framework(string project)
    {
        Assert.DoesNotContain(
            PackagesOf(project),
            package => package.Contains("EntityFrameworkCore", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_library_says_what_it_is_for()
    {
        var folders = Directory
            .EnumerateFiles(Repository.PathOf(Folder), "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetDirectoryName(project)!)
            .ToList();

        Assert.Equal(4, folders.Count);
        Assert.All(folders, folder => Assert.True(File.Exists(Path.Combine(folder, "README.md")), folder));
    }

    private static IEnumerable<string> ProjectsOf(string project) =>
        Closure(project).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    private static IEnumerable<string> PackagesOf(string project) =>
        Closure(project).SelectMany(path => Read(path, "PackageReference"));

    /// <summary>The project, and all that it refers to, one through the other.</summary>
    private static HashSet<string> Closure(string project)
    {
        var (found, open) = (new HashSet<string>(), new Queue<string>([Repository.PathOf(project)]));
        while (open.TryDequeue(out var path))
        {
            if (found.Add(path))
            {
                foreach (var reference in Read(path, "ProjectReference"))
                {
                    open.Enqueue(Path.GetFullPath(reference, Path.GetDirectoryName(path)!));
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Read(string project, string element) =>
        XDocument.Load(project).Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
