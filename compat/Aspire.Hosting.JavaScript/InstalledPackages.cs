namespace Aspire.Hosting.JavaScript;

/// <summary>Tells whether <c>npm install</c> would have anything to do.</summary>
internal static class InstalledPackages
{
    /// <summary>npm writes this file last, when everything else is in place.</summary>
    private const string Receipt = "node_modules/.package-lock.json";

    public static bool AreUpToDate(string directory)
    {
        var receipt = new FileInfo(Path.Combine(directory, Receipt));
        var wanted = new FileInfo(Path.Combine(directory, "package.json"));
        var locked = new FileInfo(Path.Combine(directory, "package-lock.json"));
        return receipt.Exists
            && locked.Exists
            && wanted.LastWriteTimeUtc <= receipt.LastWriteTimeUtc
            && locked.LastWriteTimeUtc <= receipt.LastWriteTimeUtc;
    }
}
