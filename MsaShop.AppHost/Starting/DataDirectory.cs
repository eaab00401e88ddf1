using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

/// <summary>
/// Where the shop keeps its data on a developer's machine: <c>Shop:DataDirectory</c>, by default <c>msa-shop</c> in the
/// user's local application data. A shop on random ports (<c>aspire run --isolated</c>) is one of several and has a
/// throwaway folder, deleted when it ends.
/// </summary>
internal static class DataDirectory
{
    public const string Key = "Shop:DataDirectory";

    /// <summary>The parent of the throwaway folders, each named after its process id.</summary>
    public static string Throwaways { get; } = Path.Combine(OfUser, "msa-shop-isolated");

    private static string OfUser =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create
        );

    /// <summary>Whether this shop runs on random ports, so that another can run beside it.</summary>
    public static bool HasRandomPorts(this IDistributedApplicationBuilder builder) =>
        builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    /// <summary>Whether the data outlives the run, without a folder having been configured.</summary>
    public static bool KeepsDataByItself(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && !builder.HasRandomPorts();

    /// <summary>Whether the data, and the secrets generated for it, are deleted when the shop ends.</summary>
    public static bool ThrowsDataAway(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && builder.HasRandomPorts();

    public static string DataDirectoryOfAll(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key]
        ?? (
            builder.HasRandomPorts()
                ? Path.Combine(Throwaways, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                : Path.Combine(OfUser, "msa-shop")
        );

    /// <summary>The resource's folder, created if missing.</summary>
    public static string DataDirectoryOf(this IDistributedApplicationBuilder builder, string resourceName) =>
        Directory.CreateDirectory(Path.Combine(builder.DataDirectoryOfAll(), resourceName)).FullName;
}
