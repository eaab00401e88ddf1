#pragma warning disable ASPIRECERTIFICATES001 // What it says of itself: it may change. A test holds that nothing warns.
namespace MsaShop.AppHost.Starting;

/// <summary>Keeps certificates out of the developer's way.</summary>
internal static class PlainHttp
{
    /// <summary>
    /// Tells the host that no resource serves TLS on a developer's machine: it would otherwise warn of a missing or
    /// untrusted development certificate, which nothing uses. In the cluster the ingress has its own.
    /// </summary>
    public static void UsePlainHttp(this IDistributedApplicationBuilder builder) =>
        builder.OnBeforeStart(
            (starting, _) =>
            {
                foreach (var resource in starting.Model.GetProjectResources())
                {
                    resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
                }

                return Task.CompletedTask;
            }
        );
}
