using Aspire.Hosting;
using Aspire.Hosting.Testing;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>Who calls whom, by the traces of the running shop.</summary>
/// <param name="app">The shop, started.</param>
internal sealed class CallGraph(DistributedApplication app)
{
    private const string Storefront = "frontend-svc";
    private const string Toss = "Toss";

    /// <summary>How everything outside comes in, Toss with its webhooks too.</summary>
    private const string Ingress = "ingress controller";

    private readonly Dictionary<int, string> _listeners = Reachability.OfTheCluster.Destinations.ToDictionary(name =>
        PortOf(app, name)
    );

    /// <summary>Every call that these spans show.</summary>
    public IReadOnlySet<Call> CallsIn(IReadOnlyList<Span> spans)
    {
        var byId = spans.ToLookup(span => (span.TraceId, span.SpanId));
        // Whatever a program of the shop calls. The storefront's spans are of browsers, which are outside. A connection that
        // is opened outside of a pool does not say where to; its commands do.
        var made = spans
            .Where(span =>
                span
                    is { Kind: SpanKind.Client, Service: not Storefront }
                        and not { Source: "MySqlConnector", Name: "Open", Port: 0 }
            )
            .Select(span => new Call(CallerOf(span), CalleeOf(span)));
        // Whatever a program was called for: nginx makes no spans, and hands on what a page asks for.
        var taken =
            from span in spans
            where span.Kind is SpanKind.Server
            from parent in byId[(span.TraceId, span.ParentId)]
            where parent.Service != span.Service
            select new Call(CallerOf(parent), NameOf(span.Service));
        return made.Concat(taken).ToHashSet();
    }

    private static string CallerOf(Span span) => NameOf(span.Service) is var name && name == Toss ? Ingress : name;

    /// <summary>Who listens there; what nobody of the shop does stays a port, and is a call that no table has.</summary>
    private string CalleeOf(Span span) =>
        _listeners.GetValueOrDefault(span.Port) ?? $"port {span.Port} ({span.Source}: {span.Name})";

    /// <summary>A run of a service's program that does one thing, like its migrations, is in the service's pods.</summary>
    private static string NameOf(string service) =>
        service == TossSimulator.Name
            ? Toss
            : Reachability.OfTheCluster.Destinations.FirstOrDefault(name =>
                service.StartsWith($"{name}-", StringComparison.Ordinal)
            ) ?? service;

    private static int PortOf(DistributedApplication app, string name) =>
        name == Toss ? app.GetEndpoint(TossSimulator.Name, "http").Port
        : name.StartsWith("mysql-", StringComparison.Ordinal) ? app.GetEndpoint(name, "tcp").Port
        : app.GetEndpoint(name, "http").Port;
}
