namespace MsaShop.EndToEnd.Tests;

/// <summary>Where the source is that these tests were built from.</summary>
public static class Repository
{
    private static readonly string s_root = Find();

    /// <summary>A folder or file of it.</summary>
    public static string PathOf(params string[] path) => Path.Combine([s_root, .. path]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MsaShop.sln")))
        {
            folder =
                folder.Parent ?? throw new InvalidOperationException("These tests run inside their repository only.");
        }

        return folder.FullName;
    }
}
