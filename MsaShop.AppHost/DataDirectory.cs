using Microsoft.Extensions.Configuration;

namespace MsaShop.AppHost;

/// <summary>Where the shop's own processes keep their data on a developer's machine.</summary>
internal static class DataDirectory
{
    /// <summary>
    /// The resource's folder, which is there: under <c>Shop:DataDirectory</c>, or under the user's own data.
    /// </summary>
    public static string DataDirectoryOf(this IDistributedApplicationBuilder builder, string resourceName) =>
        Directory
            .CreateDirectory(
                Path.Combine(
                    builder.Configuration["Shop:DataDirectory"]
                        ?? Path.Combine(
                            Environment.GetFolderPath(
                                Environment.SpecialFolder.LocalApplicationData,
                                Environment.SpecialFolderOption.Create
                            ),
                            "msa-shop"
                        ),
                    resourceName
                )
            )
            .FullName;
}
