using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>
/// A shop of its own for tests that are rough with it. It waits less than usual before it looks after what was left
/// undone; everything else is as it always is.
/// </summary>
public class CrashFixture : ShopFixture
{
    private readonly List<ShopClient> _shoppers = [];

    public Power Power => new(App);

    /// <summary>Nobody looks at the storefront here.</summary>
    protected override string Last => "gateway-svc";

    /// <summary>Somebody with an account. Passwords are slow to hash, so the same people come back.</summary>
    public async Task<ShopClient> ShopperAsync() => (await ShoppersAsync(1))[0];

    /// <summary>Many of them.</summary>
    public async Task<IReadOnlyList<ShopClient>> ShoppersAsync(int count)
    {
        var more = new ShopClient[Math.Max(0, count - _shoppers.Count)];
        await Parallel.ForAsync(
            0,
            more.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (index, _) => more[index] = await NewClient().SignUpAsync()
        );
        _shoppers.AddRange(more);
        return _shoppers[..count];
    }

    public override async Task DisposeAsync()
    {
        _shoppers.ForEach(shopper => shopper.Dispose());
        await base.DisposeAsync();
    }

    protected override void Configure(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder
                .CreateResourceBuilder(service)
                .WithEnvironment("Outbox__PollingInterval", "00:00:00.250")
                .WithEnvironment("Outbox__HandlerTimeout", "00:00:04")
                .WithEnvironment("Outbox__LeaseMargin", "00:00:01");
        }

        foreach (
            var storefront in builder
                .Resources.Where(resource => resource.Name.StartsWith("frontend-svc", StringComparison.Ordinal))
                .ToList()
        )
        {
            builder.CreateResourceBuilder(storefront).WithExplicitStart();
        }

        // A request to a frozen or dead service fails sooner, and one to a service that is back is let through sooner.
        builder
            .CreateResourceBuilder<ProjectResource>("gateway-svc")
            .WithEnvironment("Routing__HealthInterval", "00:00:00.500");
        builder
            .CreateResourceBuilder<ProjectResource>("order-svc")
            .WithEnvironment("Placements__Lease", "00:00:07")
            .WithEnvironment("Placements__RecoveryInterval", "00:00:00.500")
            .WithEnvironment("PaymentTerms__SweepInterval", "00:00:00.500");
        builder
            .CreateResourceBuilder<ProjectResource>("payment-svc")
            .WithEnvironment("Toss__ConfirmTimeout", "00:00:03")
            .WithEnvironment("Toss__LookupTimeout", "00:00:02")
            .WithEnvironment("Toss__Margin", "00:00:04")
            .WithEnvironment("OrderEvents__PollingInterval", "00:00:00.250");
    }
}

[CollectionDefinition(Name)]
public sealed class CrashCollection : ICollectionFixture<CrashFixture>
{
    public const string Name = "the shop that is treated roughly";
}
