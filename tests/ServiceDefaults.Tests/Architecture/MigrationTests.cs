using System.Security.Cryptography;
using System.Text;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Architecture;

/// <summary>Databases out there have gone through the migrations of released versions, so these stay as they are.</summary>
public sealed class MigrationTests
{
    private const string List = "services/released-migrations.txt";

    private const string Released = "services/A/Migrations/20270101000000_Initial.cs";

    [Fact]
    public void Migrations_that_were_released_are_frozen()
    {
        var list = File.ReadAllLines(Repository.PathOf(List));

        Assert.Empty(FindFaults(list, [.. Migrations().Select(path => (path, ReadHash(path)))]));
    }

    [Fact]
    public void Every_service_with_a_database_has_migrations_to_freeze()
    {
        var services = Migrations().Select(path => path.Split('/')[1]).Distinct().Order();

        Assert.Equal(["OrderService", "PaymentService", "ProductService", "UserService"], services);
    }

    [Theory]
    [InlineData(Released, "1", "changed")]
    [InlineData("services/A/Migrations/20270201000000_More.cs", "0", "missing")]
    public void One_that_was_changed_or_taken_away_is_found(string path, string content, string fault)
    {
        Assert.Equal([$"{Released} is {fault}"], FindFaults([Line(Released, "0")], [(path, Hash(content))]));
    }

    [Fact]
    public void One_that_was_put_before_them_is_found()
    {
        var early = "services/A/Migrations/20261201000000_Early.cs";
        var other = "services/B/Migrations/20261201000000_Early.cs";

        Assert.Equal(
            [$"{early} comes before one that was released"],
            FindFaults(["# A comment.", Line(Released, "0")], [(Released, Hash("0")), (early, ""), (other, "")])
        );
    }

    /// <summary>What is wrong with these files, by the list of those that were released.</summary>
    private static IEnumerable<string> FindFaults(string[] list, (string Path, string Hash)[] files)
    {
        var released = list.Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => parts[1], parts => parts[0]);
        var present = files.ToDictionary(file => file.Path, file => file.Hash);
        foreach (var (path, hash) in released)
        {
            if (!present.TryGetValue(path, out var found))
            {
                yield return $"{path} is missing";
            }
            else if (found != hash)
            {
                yield return $"{path} is changed";
            }
        }

        foreach (var path in present.Keys.Where(path => !released.ContainsKey(path)))
        {
            var folder = Path.GetDirectoryName(path);
            if (released.Keys.Any(r => Path.GetDirectoryName(r) == folder && string.CompareOrdinal(path, r) < 0))
            {
                yield return $"{path} comes before one that was released";
            }
        }
    }

    private static string Line(string path, string content) => $"{Hash(content)}  {path}";

    private static IEnumerable<string> Migrations() =>
        Directory
            .EnumerateDirectories(Repository.PathOf("services"), "Migrations", SearchOption.AllDirectories)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*_*.cs"))
            .Select(file => Path.GetRelativePath(Repository.PathOf("."), file).Replace('\\', '/'));

    private static string ReadHash(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.PathOf(path))));

    private static string Hash(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
