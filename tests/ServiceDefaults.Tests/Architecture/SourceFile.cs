using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Architecture;

/// <summary>A file of C# that somebody has written.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Its name, without the ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>All that lie in a folder of the repository; what is built or generated does not count.</summary>
    public static IEnumerable<SourceFile> In(params string[] folder) =>
        from path in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        where !path.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations")
        select new SourceFile(path, File.ReadAllText(path));
}
