namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>The programs of this machine that the browser tests need.</summary>
internal static class Programs
{
    private static readonly string[] s_folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        // Where Debian keeps servers.
        "/usr/sbin",
    ];

    /// <summary>Where a program is.</summary>
    /// <exception cref="InvalidOperationException">It is not here; says which Debian package has it.</exception>
    public static string Require(string program, string package) =>
        s_folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"The browser tests need {program}: apt-get install {package} (as root, ./shop test does it)."
        );
}
