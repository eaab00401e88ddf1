#pragma warning disable ASPIRECERTIFICATES001 // Experimental API. A test checks that the host logs no warning.
namespace MsaShop.AppHost.Starting;

internal static class PlainHttp
{
    /// <summary>
    /// Tells the host that no resource terminates TLS on a developer's machine. It would warn about a missing or
    /// untrusted development certificate that nothing here uses; in the cluster the ingress has its own.
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
