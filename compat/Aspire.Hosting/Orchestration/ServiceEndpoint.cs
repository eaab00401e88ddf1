using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>An endpoint of a resource and the DCP service that stands for it.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="ServiceName">The service's name.</param>
internal sealed record ServiceEndpoint(IResource Resource, EndpointAnnotation Endpoint, string ServiceName)
{
    /// <summary>The endpoints of a resource; the only one of a resource is named like the resource itself.</summary>
    public static IReadOnlyList<ServiceEndpoint> Of(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        return
        [
            .. endpoints.Select(endpoint => new ServiceEndpoint(
                resource,
                endpoint,
                endpoints.Length == 1 ? resource.Name : $"{resource.Name}-{endpoint.Name}"
            )),
        ];
    }
}
