using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

/// <summary>
/// Where the shop's own processes keep their data on a developer's machine: <c>Shop:DataDirectory</c>, or
/// <c>msa-shop</c> under the user's own data. A shop on random ports (<c>aspire run --isolated</c>) is one of several and
/// has a folder of its own, which goes when it ends.
/// </summary>
internal static class DataDirectory
{
    public const string Key = "Shop:DataDirectory";

    /// <summary>The folders of shops on random ports, each named after its process.</summary>
    public static string Throwaways { get; } = Path.Combine(OfUser, "msa-shop-isolated");

    private static string OfUser =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.Create
        );

    /// <summary>Whether the ports of this shop are not those of the architecture, so that another can run beside it.</summary>
    public static bool HasRandomPorts(this IDistributedApplicationBuilder builder) =>
        builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    /// <summary>Whether the data is still there when the shop starts again, without a folder having been named.</summary>
    public static bool KeepsDataByItself(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && !builder.HasRandomPorts();

    /// <summary>Whether the data goes when the shop ends, and what is generated for it with it.</summary>
    public static bool ThrowsDataAway(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && builder.HasRandomPorts();

    /// <summary>The folder of all resources.</summary>
    public static string DataDirectoryOfAll(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key]
        ?? (
            builder.HasRandomPorts()
                ? Path.Combine(Throwaways, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                : Path.Combine(OfUser, "msa-shop")
        );

    /// <summary>The resource's own folder, which is there.</summary>
    public static string DataDirectoryOf(this IDistributedApplicationBuilder builder, string resourceName) =>
        Directory.CreateDirectory(Path.Combine(builder.DataDirectoryOfAll(), resourceName)).FullName;
}
