#pragma warning disable ASPIRECERTIFICATES001 // What it says of itself: it may change. A test holds that nothing warns.
namespace MsaShop.AppHost.Starting;

/// <summary>Keeps certificates out of a developer's way.</summary>
internal static class PlainHttp
{
    /// <summary>
    /// Tells the host that no resource ends TLS on a developer's machine. It would warn of a development certificate that
    /// is missing or not trusted, which nothing here uses; in the cluster the ingress has its own.
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
