using System.Net.Http.Json;
using System.Security.Cryptography;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost.TossPayments;

/// <summary>
/// The shop's payment provider. In run mode it is the simulator, with generated keys. In publish mode, or if
/// <c>Toss:BaseAddress</c> is set, it is the real Toss Payments, and the keys are parameters without defaults.
/// </summary>
internal static class TossPaymentsExtensions
{
    private const string Name = "toss-payments";
    private const int Port = 8090;
    private const string ClientKey = "toss-client-key";
    private const string SecretKey = "toss-secret-key";

    /// <summary>The webhook endpoint of payment-svc, as seen from the gateway.</summary>
    private const string WebhookPath = "/api/payments/webhooks/toss";

    /// <summary>Adds the keys, and the simulator in run mode.</summary>
    public static TossPaymentsAccount AddTossPayments(this IDistributedApplicationBuilder builder)
    {
        var baseAddress = builder.Configuration["Toss:BaseAddress"];
        if (builder.ExecutionContext.IsPublishMode || !string.IsNullOrEmpty(baseAddress))
        {
            return new TossPaymentsAccount(
                builder.AddParameter(ClientKey).AsClientKey(),
                builder.AddParameter(SecretKey, secret: true).AsSecretKey(),
                Simulator: null,
                builder.ExecutionContext.IsPublishMode ? null : baseAddress,
                builder.ExecutionContext.IsPublishMode ? null : builder.Configuration["Toss:ScriptUrl"]
            );
        }

        // The client key is public; it is persisted like a secret so that it stays the same.
        var clientKey = builder
            .AddParameter(ClientKey, new GeneratedKey("test_ck_"), secret: false, persist: !builder.ThrowsDataAway())
            .AsClientKey();
        var secretKey = builder
            .AddParameter(SecretKey, new GeneratedKey("test_sk_"), secret: true, persist: !builder.ThrowsDataAway())
            .AsSecretKey();
        var simulator = builder
            .AddProject<Projects.TossPayments>(Name)
            .WithPort(Port)
            .WithHttpHealthCheck("/health")
            .WithEnvironment("Simulator__ClientKey", clientKey)
            .WithEnvironment("Simulator__SecretKey", secretKey)
            .WithEnvironment("Simulator__DataFile", Path.Combine(builder.DataDirectoryOf(Name), $"{Name}.db"))
            .WithServiceLinks()
            .WithPage("/sim/payments", "Payments at Toss")
            .WithIconName("BuildingBank")
            .WithFaultCommands();
        simulator.WithEnvironment("Simulator__PublicAddress", simulator.GetEndpoint("http"));
        return new TossPaymentsAccount(clientKey, secretKey, simulator, BaseAddress: null, ScriptUrl: null);
    }

    public static IResourceBuilder<ProjectResource> WithTossPayments(
        this IResourceBuilder<ProjectResource> service,
        TossPaymentsAccount account
    )
    {
        service
            .WithEnvironment("Toss__ClientKey", account.ClientKey)
            .WithEnvironment("Toss__SecretKey", account.SecretKey);
        if (account.Simulator is { } simulator)
        {
            var address = simulator.GetEndpoint("http");
            return service
                .WithEnvironment("Toss__BaseAddress", address)
                .WithEnvironment("Toss__ScriptUrl", ReferenceExpression.Create($"{address}/v2/standard"))
                .WithReferenceRelationship(simulator)
                .WaitFor(simulator);
        }

        if (account.BaseAddress is { } baseAddress)
        {
            service.WithEnvironment("Toss__BaseAddress", baseAddress);
        }

        if (account.ScriptUrl is { } scriptUrl)
        {
            service.WithEnvironment("Toss__ScriptUrl", scriptUrl);
        }

        return service;
    }

    /// <summary>Lets the storefront load the payment window from its origin; the default is Toss's hosts.</summary>
    public static IResourceBuilder<T> WithTossWindow<T>(
        this IResourceBuilder<T> storefront,
        TossPaymentsAccount account
    )
        where T : IResourceWithEnvironment
    {
        const string origins = "TOSS_ORIGINS";
        if (account.Simulator is { } simulator)
        {
            return storefront.WithEnvironment(origins, simulator.GetEndpoint("http"));
        }

        return account.ScriptUrl is { } scriptUrl
            ? storefront.WithEnvironment(origins, new Uri(scriptUrl).GetLeftPart(UriPartial.Authority))
            : storefront;
    }

    /// <summary>
    /// Makes the simulator send webhooks through the gateway, as Toss does. It does not wait for the gateway:
    /// undelivered webhooks are retried.
    /// </summary>
    public static void SendWebhooksTo(
        this TossPaymentsAccount account,
        IResourceBuilder<IResourceWithEndpoints> gateway
    ) =>
        account.Simulator?.WithEnvironment(
            "Simulator__WebhookUrl",
            ReferenceExpression.Create($"{gateway.GetEndpoint("http")}{WebhookPath}")
        );

    private static IResourceBuilder<ParameterResource> AsClientKey(this IResourceBuilder<ParameterResource> key) =>
        key.WithDescription("Opens Toss's payment window; every shopper's browser has it.").WithIconName("Key");

    private static IResourceBuilder<ParameterResource> AsSecretKey(this IResourceBuilder<ParameterResource> key) =>
        key.WithDescription("payment-svc charges cards and pays back with it.").WithIconName("Key");

    /// <summary>Dashboard commands that inject faults into the next payment.</summary>
    private static IResourceBuilder<ProjectResource> WithFaultCommands(
        this IResourceBuilder<ProjectResource> simulator
    ) =>
        simulator
            .WithFaultCommand(
                "lose-answer",
                "Next confirm: lose the answer",
                "Toss takes the money and the connection breaks before its answer.",
                "PlugDisconnected",
                new { kind = "drop-response-after-approve", operation = "confirm" }
            )
            .WithFaultCommand(
                "slow",
                "Next confirm: slow",
                "Toss thinks for 40 seconds, longer than payment-svc waits.",
                "Timer",
                new
                {
                    kind = "slow",
                    operation = "confirm",
                    seconds = 40,
                }
            )
            .WithFaultCommand(
                "error",
                "Next confirm: error 500",
                "Toss answers with an error once, and has done nothing.",
                "ErrorCircle",
                new { kind = "error-once", operation = "confirm" }
            )
            .WithFaultCommand(
                "duplicate-webhooks",
                "Next 3 webhooks: twice",
                "Each of the next three webhooks arrives twice.",
                "Copy",
                new { kind = "duplicate", count = 3 }
            )
            .WithFaultCommand(
                "reorder-webhooks",
                "Next webhook: overtaken",
                "The next webhook arrives after the payment's one that follows, or after 30 seconds.",
                "ArrowSort",
                new { kind = "reorder", seconds = 30 }
            )
            .WithCommandTo(
                "clock-10",
                "Clock: 10 minutes on",
                "A payment that waits for its confirm expires.",
                "Clock",
                "/sim/clock",
                new { minutes = 10 },
                confirmation: "Payments at Toss that wait for their confirm expire, and its clock does not go back."
            )
            .WithCommandTo(
                "clock-30",
                "Clock: 30 minutes on",
                "An open payment window expires.",
                "Clock",
                "/sim/clock",
                new { minutes = 30 },
                confirmation: "Payments at Toss that are not approved yet expire, and its clock does not go back."
            )
            .WithHttpCommand(
                "/sim/faults",
                "Clear faults",
                commandName: "clear-faults",
                commandOptions: new HttpCommandOptions
                {
                    Method = HttpMethod.Delete,
                    Description = "Nothing goes wrong any more.",
                    IconName = "Broom",
                }
            );

    private static IResourceBuilder<ProjectResource> WithFaultCommand(
        this IResourceBuilder<ProjectResource> simulator,
        string name,
        string displayName,
        string description,
        string icon,
        object fault
    ) => simulator.WithCommandTo(name, displayName, description, icon, "/sim/faults", fault);

    private static IResourceBuilder<ProjectResource> WithCommandTo(
        this IResourceBuilder<ProjectResource> simulator,
        string name,
        string displayName,
        string description,
        string icon,
        string path,
        object body,
        string? confirmation = null
    ) =>
        simulator.WithHttpCommand(
            path,
            displayName,
            commandName: name,
            commandOptions: new HttpCommandOptions
            {
                Description = description,
                IconName = icon,
                ConfirmationMessage = confirmation,
                PrepareRequest = context =>
                {
                    context.Request.Content = JsonContent.Create(body);
                    return Task.CompletedTask;
                },
            }
        );

    private sealed class GeneratedKey(string prefix) : ParameterDefault
    {
        private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

        public override string GetDefaultValue() => prefix + RandomNumberGenerator.GetString(Alphanumeric, 24);

        // Never called: publish mode has no generated keys.
        public override void WriteToManifest(ManifestPublishingContext context) { }
    }
}

/// <param name="ClientKey">The public key, used in the shopper's browser.</param>
/// <param name="SecretKey">The key that payment-svc uses.</param>
/// <param name="Simulator">Null with the real Toss.</param>
/// <param name="BaseAddress">The real Toss's address; null for payment-svc's default.</param>
/// <param name="ScriptUrl">The real Toss's script; null for payment-svc's default.</param>
internal sealed record TossPaymentsAccount(
    IResourceBuilder<ParameterResource> ClientKey,
    IResourceBuilder<ParameterResource> SecretKey,
    IResourceBuilder<ProjectResource>? Simulator,
    string? BaseAddress,
    string? ScriptUrl
);
