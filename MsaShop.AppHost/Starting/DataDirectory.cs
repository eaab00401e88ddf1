using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost.Starting;

/// <summary>
/// The folder for the data of the shop's processes: <c>Shop:DataDirectory</c>, or <c>msa-shop</c> in the user's data. A shop
/// on random ports (<c>aspire run --isolated</c>) has its own folder, which is deleted when it ends.
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

    /// <summary>Whether this shop uses random ports, so that several can run.</summary>
    public static bool HasRandomPorts(this IDistributedApplicationBuilder builder) =>
        builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    /// <summary>Whether data is kept for the next start, without a folder being named.</summary>
    public static bool KeepsDataByItself(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && !builder.HasRandomPorts();

    /// <summary>Whether data and generated secrets are deleted when the shop ends.</summary>
    public static bool ThrowsDataAway(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key] is null && builder.HasRandomPorts();

    public static string DataDirectoryOfAll(this IDistributedApplicationBuilder builder) =>
        builder.Configuration[Key]
        ?? (
            builder.HasRandomPorts()
                ? Path.Combine(Throwaways, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                : Path.Combine(OfUser, "msa-shop")
        );

    /// <summary>The resource's own folder, created if missing.</summary>
    public static string DataDirectoryOf(this IDistributedApplicationBuilder builder, string resourceName) =>
        Directory.CreateDirectory(Path.Combine(builder.DataDirectoryOfAll(), resourceName)).FullName;
}
