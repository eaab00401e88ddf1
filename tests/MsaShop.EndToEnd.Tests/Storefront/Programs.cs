namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>The programs of this machine.</summary>
internal static class Programs
{
    /// <summary>Where the first of these is, on the path or where Debian keeps servers.</summary>
    public static string? Find(params string[] names) =>
        names
            .SelectMany(name =>
                $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin"
                    .Split(':', StringSplitOptions.RemoveEmptyEntries)
                    .Select(folder => Path.Combine(folder, name))
            )
            .FirstOrDefault(File.Exists);
}
