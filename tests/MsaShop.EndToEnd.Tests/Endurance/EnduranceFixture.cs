using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaShop.EndToEnd.Tests.Crashes;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>
/// A shop with two replicas of each service, between which calls go unreliable ways. Its deadlines are short, so that what is
/// left undone is dealt with while somebody looks.
/// </summary>
public sealed class EnduranceFixture : CrashFixture
{
    private const string Gateway = "gateway-svc";
    private const string WebhookPath = "/api/payments/webhooks/toss";

    /// <summary>Who calls whom, and the setting that says where.</summary>
    private static readonly (string Caller, string Callee, string Setting)[] s_calls =
    [
        (Gateway, "user-svc", "services__user-svc__http__0"),
        (Gateway, "product-svc", "services__product-svc__http__0"),
        (Gateway, "order-svc", "services__order-svc__http__0"),
        (Gateway, "payment-svc", "services__payment-svc__http__0"),
        ("order-svc", "user-svc", "services__user-svc__http__0"),
        ("order-svc", "product-svc", "services__product-svc__http__0"),
        ("payment-svc", "order-svc", "services__order-svc__http__0"),
        ("payment-svc", TossSimulator.Name, "Toss__BaseAddress"),
        (TossSimulator.Name, Gateway, "Simulator__WebhookUrl"),
    ];

    private readonly List<UnreliableWay> _ways = [];
    private readonly Dictionary<string, EndpointReference> _endpoints = [];

    /// <summary>The services that have replicas.</summary>
    public static IReadOnlyList<string> Services { get; } =
    ["user-svc", "product-svc", "order-svc", "payment-svc", Gateway];

    /// <summary>The ways between them.</summary>
    public IReadOnlyList<UnreliableWay> Ways => _ways;

    /// <summary>Shorter than what is held back on the ways.</summary>
    protected override TimeSpan Patience => TimeSpan.FromSeconds(30);

    public override async Task InitializeAsync()
    {
        foreach (var (_, callee, _) in s_calls)
        {
            _ways.Add(
                await UnreliableWay.ToAsync(() => new Uri(_endpoints[callee].Url), EnduranceTests.Seed + _ways.Count)
            );
        }

        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var way in _ways)
        {
            await way.DisposeAsync();
        }
    }

    protected override void Configure(IDistributedApplicationTestingBuilder builder)
    {
        base.Configure(builder);
        foreach (var ((caller, callee, setting), way) in s_calls.Zip(_ways))
        {
            _endpoints[callee] = builder.CreateResourceBuilder<ProjectResource>(callee).GetEndpoint("http");
            var address = new Uri(way.Address, callee == Gateway ? WebhookPath : "").ToString().TrimEnd('/');
            builder.CreateResourceBuilder<ProjectResource>(caller).WithEnvironment(setting, address);
        }

        foreach (var service in Services)
        {
            builder.CreateResourceBuilder<ProjectResource>(service).WithReplicas(2);
        }

        // So many spans would fill this process, and the ways in between hide who calls whom.
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder
                .CreateResourceBuilder(project)
                .WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"))
                // Nor is half an hour of what goes well, and of what is said of each failure on a hundred lines, read by anybody.
                .WithEnvironment("Logging__LogLevel__Default", "Warning")
                .WithEnvironment("Logging__Console__FormatterName", "simple")
                .WithEnvironment("Logging__Console__FormatterOptions__SingleLine", "true");
        }

        builder
            .CreateResourceBuilder<ProjectResource>("user-svc")
            .WithEnvironment("AccessTokens__Lifetime", "00:01:00");
        builder
            .CreateResourceBuilder<ProjectResource>("order-svc")
            .WithEnvironment("PaymentTerms__Card", "00:00:20")
            .WithEnvironment("PaymentTerms__BankTransfer", "00:00:40")
            .WithEnvironment("ShopperLimits__UnpaidOrders", "10")
            .WithEnvironment("ShopperLimits__UnpaidUnits", "100");
        builder
            .CreateResourceBuilder<ProjectResource>("payment-svc")
            .WithEnvironment("Deposits__UndoWindow", "00:00:04")
            .WithEnvironment("Holds__SweepInterval", "00:00:01")
            .WithEnvironment("Holds__Grace", "00:00:05");
    }
}

[CollectionDefinition(Name)]
public sealed class EnduranceCollection : ICollectionFixture<EnduranceFixture>
{
    public const string Name = "the shop that is lived in";
}
