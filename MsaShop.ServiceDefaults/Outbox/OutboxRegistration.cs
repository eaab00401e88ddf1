using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Background;

namespace MsaShop.Outbox;

/// <summary>Registers the outbox in a service.</summary>
public static class OutboxRegistration
{
    /// <summary>Adds the outbox of this context's database, and the worker that delivers its messages.</summary>
    /// <typeparam name="TContext">The context; its model must call <see cref="OutboxModel.AddOutbox"/>.</typeparam>
    /// <param name="configure">Registers the handlers.</param>
    public static IHostApplicationBuilder AddOutbox<TContext>(
        this IHostApplicationBuilder builder,
        Action<OutboxRoutes> configure
    )
        where TContext : DbContext
    {
        var services = builder.Services;
        var routes = new OutboxRoutes(services);
        configure(routes);

        services.AddValidatedOptions<OutboxOptions>("Outbox");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(routes);
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<CompletionBuffer>();
        services.AddSingleton<OutboxMetrics>();
        services.AddSingleton(provider => new OutboxDispatcher(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<OutboxRoutes>(),
            provider.GetRequiredService<OutboxSignal>(),
            provider.GetRequiredService<CompletionBuffer>(),
            provider.GetRequiredService<OutboxMetrics>(),
            provider.GetRequiredService<IOptions<OutboxOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<ILogger<OutboxDispatcher>>()
        ));
        services.AddScoped(provider => new OutboxStore(
            provider.GetRequiredService<TContext>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService<OutboxWorker>();
        services.AddPeriodicWork<OutboxCleaner<TContext>>();
        return builder;
    }
}
