using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Outbox;

/// <summary>Maps message types to their handlers.</summary>
public sealed class OutboxRoutes
{
    private readonly Dictionary<string, OutboxRoute> _routes = [];
    private readonly IServiceCollection _services;

    internal OutboxRoutes(IServiceCollection services) => _services = services;

    /// <summary>The types that this service handles; messages of other types wait for a release that does.</summary>
    internal IReadOnlyCollection<string> Types => _routes.Keys;

    /// <summary>Registers the handler of a message type.</summary>
    /// <typeparam name="TMessage">The message type.</typeparam>
    /// <typeparam name="THandler">The handler, created anew for each delivery.</typeparam>
    /// <param name="timeout">The handler's timeout; by default <see cref="OutboxOptions.HandlerTimeout"/>.</param>
    public OutboxRoutes Handle<
        TMessage,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >(TimeSpan? timeout = null)
        where TMessage : IOutboxMessage
        where THandler : class, IOutboxHandler<TMessage>
    {
        _services.AddScoped<THandler>();
        _routes.Add(
            TMessage.Type,
            new OutboxRoute(
                timeout,
                (services, payload, cancellationToken) =>
                    services
                        .GetRequiredService<THandler>()
                        .HandleAsync(
                            JsonSerializer.Deserialize<TMessage>(payload, ShopJson.Options)
                                ?? throw new JsonException("The message is null."),
                            cancellationToken
                        )
            )
        );
        return this;
    }

    internal OutboxRoute? Find(string type) => _routes.GetValueOrDefault(type);
}

internal sealed record OutboxRoute(
    TimeSpan? Timeout,
    Func<IServiceProvider, string, CancellationToken, Task<Delivery>> HandleAsync
);
