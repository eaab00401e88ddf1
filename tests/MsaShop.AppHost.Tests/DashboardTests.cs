using Aspire.Hosting.ApplicationModel;

namespace MsaShop.AppHost.Tests;

/// <summary>What the dashboard shows of the graph: nothing without an icon, no link without a text.</summary>
public sealed class DashboardTests(Graph graph) : IClassFixture<Graph>
{
    /// <summary>The links of each resource that has endpoints; <c>(…)</c> marks those that only its details have.</summary>
    private static readonly SortedDictionary<string, string[]> s_links = new(StringComparer.Ordinal)
    {
        ["frontend-svc"] = ["http://localhost:1 Storefront", "/admin Admin area"],
        ["gateway-svc"] = ["(http://localhost:1 Address)", "(/health Health)", "/docs API reference"],
        ["mysql-order"] = ["tcp://localhost:1 localhost:1"],
        ["mysql-product"] = ["tcp://localhost:1 localhost:1"],
        ["mysql-user"] = ["tcp://localhost:1 localhost:1"],
        ["order-svc"] = ["(http://localhost:1 Address)", "(/health Health)", "/openapi/v1.json OpenAPI document"],
        ["payment-svc"] = ["(http://localhost:1 Address)", "(/health Health)", "/openapi/v1.json OpenAPI document"],
        ["product-svc"] = ["(http://localhost:1 Address)", "(/health Health)", "/openapi/v1.json OpenAPI document"],
        ["toss-payments"] = ["(http://localhost:1 Address)", "(/health Health)", "/sim/payments Payments at Toss"],
        ["user-svc"] = ["(http://localhost:1 Address)", "(/health Health)", "/openapi/v1.json OpenAPI document"],
    };

    /// <summary>Who is shown under whom.</summary>
    private static readonly string[] s_parents =
    [
        "order-svc-migrate < order-svc",
        "orderdb < mysql-order",
        "payment-svc-migrate < payment-svc",
        "payment-svc-reconcile < payment-svc",
        "paymentdb < mysql-order",
        "product-svc-migrate < product-svc",
        "productdb < mysql-product",
        "user-svc-migrate < user-svc",
        "userdb < mysql-user",
    ];

    [Fact]
    public void Every_resource_that_is_shown_has_an_icon() =>
        Assert.Empty(
            graph
                .Builder.Resources.Where(resource => !IsHidden(resource))
                .Where(resource => !resource.Annotations.OfType<ResourceIconAnnotation>().Any())
                .Select(resource => resource.Name)
        );

    [Fact]
    public async Task Every_endpoint_has_links_with_texts()
    {
        var links = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var resource in graph.Builder.Resources.OfType<IResourceWithEndpoints>())
        {
            var urls = resource
                .Annotations.OfType<EndpointAnnotation>()
                .Select(endpoint => new ResourceUrlAnnotation
                {
                    Url = $"{endpoint.UriScheme}://localhost:1",
                    Endpoint = resource.GetEndpoint(endpoint.Name),
                })
                .ToList();
            var context = new ResourceUrlsCallbackContext(graph.Builder.ExecutionContext, resource, urls);
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            {
                await callback.Callback(context);
            }

            if (urls.Count > 0)
            {
                links[resource.Name] = [.. urls.Select(Describe)];
            }
        }

        Assert.Equal(Describe(s_links), Describe(links));
    }

    [Fact]
    public void Databases_are_shown_under_their_servers_and_what_runs_once_under_its_service() =>
        Assert.Equal(
            s_parents,
            graph
                .Builder.Resources.SelectMany(resource =>
                    resource
                        .Annotations.OfType<ResourceRelationshipAnnotation>()
                        .Where(relationship => relationship.Type == "Parent")
                        .Select(relationship => $"{resource.Name} < {relationship.Resource.Name}")
                )
                // Whether the storefront's packages are to be installed is the JavaScript integration's affair.
                .Where(relationship => !relationship.Contains("-installer ", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_command_has_an_icon_and_says_what_it_does()
    {
        var commands = graph
            .Builder.Resources.Single(resource => resource.Name == "toss-payments")
            .Annotations.OfType<ResourceCommandAnnotation>()
            .ToArray();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.False(string.IsNullOrEmpty(command.IconName), command.Name));
        Assert.All(commands, command => Assert.False(string.IsNullOrEmpty(command.DisplayDescription), command.Name));
        Assert.Equal(
            ["clock-10", "clock-30"],
            commands.Where(command => command.ConfirmationMessage is not null).Select(command => command.Name)
        );
    }

    [Fact]
    public void Every_parameter_says_what_it_is_for() =>
        Assert.Empty(
            graph
                .Builder.Resources.OfType<ParameterResource>()
                .Where(parameter => string.IsNullOrEmpty(parameter.Description))
                .Select(parameter => parameter.Name)
        );

    /// <summary>What rebuilds a project when its command is called, which Aspire adds and hides by itself.</summary>
    private static bool IsHidden(IResource resource) => resource.GetType().Name == "ProjectRebuilderResource";

    private static string Describe(ResourceUrlAnnotation url) =>
        url.DisplayLocation == UrlDisplayLocation.DetailsOnly
            ? $"({url.Url} {url.DisplayText})"
            : $"{url.Url} {url.DisplayText}";

    private static string Describe(SortedDictionary<string, string[]> links) =>
        string.Join('\n', links.Select(each => $"{each.Key}: {string.Join(", ", each.Value)}"));
}
