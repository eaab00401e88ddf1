using Aspire.Hosting.ApplicationModel;
using MsaShop.AppHost.Security;

namespace MsaShop.AppHost.Tests;

/// <summary>The rules of the graph: who waits for what, and what is secret.</summary>
public sealed class GraphTests(Graph graph) : IClassFixture<Graph>
{
    /// <summary>Each resource that waits, and for what: <c>!</c> marks what has to have ended well.</summary>
    private static readonly SortedDictionary<string, string[]> s_waits = new(StringComparer.Ordinal)
    {
        ["frontend-svc"] = ["gateway-svc"],
        ["gateway-svc"] = ["order-svc", "payment-svc", "product-svc", "user-svc"],
        ["order-svc"] = ["order-svc-migrate!", "product-svc", "user-svc"],
        ["order-svc-migrate"] = ["orderdb"],
        ["orderdb"] = ["mysql-order", "orderdb-password"],
        ["payment-svc"] = ["payment-svc-migrate!", "toss-payments"],
        ["payment-svc-migrate"] = ["paymentdb"],
        ["payment-svc-reconcile"] = ["paymentdb", "toss-payments"],
        ["paymentdb"] = ["mysql-order", "paymentdb-password"],
        ["product-svc"] = ["product-svc-migrate!"],
        ["product-svc-migrate"] = ["productdb"],
        ["productdb"] = ["mysql-product", "productdb-password"],
        ["user-svc"] = ["user-svc-migrate!"],
        ["user-svc-migrate"] = ["userdb"],
        ["userdb"] = ["mysql-user", "userdb-password"],
    };

    /// <summary>Parameters that anybody may see: the client key is in every shopper's browser.</summary>
    private static readonly string[] s_public = ["toss-client-key"];

    [Fact]
    public void Everything_waits_for_what_it_needs_and_for_nothing_else()
    {
        var waits = graph
            .Builder.Resources.Select(resource =>
                (
                    resource.Name,
                    For: resource
                        .Annotations.OfType<WaitAnnotation>()
                        // Who installs the storefront's packages, and when, is the JavaScript integration's affair.
                        .Where(wait => !wait.Resource.Name.EndsWith("-installer", StringComparison.Ordinal))
                        .Select(wait => wait.Resource.Name + (wait.WaitType == WaitType.WaitForCompletion ? "!" : ""))
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                        .ToArray()
                )
            )
            .Where(resource => resource.For.Length > 0)
            .ToDictionary(resource => resource.Name, resource => resource.For);

        Assert.Equal(Describe(s_waits), Describe(new(waits, StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_parameter_is_secret_but_those_that_anybody_may_see() =>
        Assert.Equal(
            s_public,
            graph.Builder.Resources.OfType<ParameterResource>().Where(each => !each.Secret).Select(each => each.Name)
        );

    [Fact]
    public async Task A_service_is_given_no_secret_of_another()
    {
        var secrets = graph.Builder.Resources.OfType<ParameterResource>().Where(each => each.Secret).ToArray();
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in graph.Builder.Resources.OfType<ProjectResource>())
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            var context = new EnvironmentCallbackContext(graph.Builder.ExecutionContext, service);
            foreach (var callback in service.Annotations.OfType<EnvironmentCallbackAnnotation>())
            {
                await callback.Callback(context);
            }

            foreach (var value in context.EnvironmentVariables.Values)
            {
                names.UnionWith(secrets.Where(secret => Mentions(value, secret)).Select(secret => secret.Name));
            }

            given[service.Name] = string.Join(' ', names);
        }

        Assert.Equal(
            """
            gateway-svc: gateway-svc-signing-key
            order-svc: order-svc-signing-key orderdb-password
            order-svc-migrate: orderdb-password
            payment-svc: payment-svc-signing-key paymentdb-password toss-secret-key
            payment-svc-migrate: paymentdb-password
            payment-svc-reconcile: payment-svc-signing-key paymentdb-password toss-secret-key
            product-svc: productdb-password
            product-svc-migrate: productdb-password
            toss-payments: toss-secret-key
            user-svc: token-signing-key userdb-password
            user-svc-migrate: admin-password userdb-password
            """,
            string.Join('\n', given.Select(each => $"{each.Key}: {each.Value}".TrimEnd()))
        );
    }

    /// <summary>Whether the value is made with the secret, directly or within an expression.</summary>
    private static bool Mentions(object value, ParameterResource secret) =>
        value switch
        {
            SecretConnectionString connection => Mentions(connection.Expression, secret),
            ParameterResource parameter => parameter == secret,
            ReferenceExpression expression => expression.ValueProviders.Any(part => Mentions(part, secret)),
            ConnectionStringReference reference => Mentions(reference.Resource.ConnectionStringExpression, secret),
            IResourceWithConnectionString source => Mentions(source.ConnectionStringExpression, secret),
            _ => false,
        };

    private static string Describe(SortedDictionary<string, string[]> waits) =>
        string.Join('\n', waits.Select(each => $"{each.Key}: {string.Join(' ', each.Value)}"));
}
