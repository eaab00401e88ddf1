using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ServiceDefaults.Background;

/// <summary>Work repeated while the service runs, in every replica. A failed run is logged, not fatal.</summary>
/// <param name="interval">The pause between two runs, varied by a tenth so that replicas spread out.</param>
public abstract class PeriodicWork(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>The clock, for derived classes.</summary>
    protected TimeProvider Time => time;

    /// <summary>The log, for derived classes.</summary>
    protected ILogger Logger => logger;

    /// <summary>Varies the pauses; tests override it.</summary>
    protected virtual Random Random => Random.Shared;

    /// <summary>Runs the work once.</summary>
    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Jitter.Around(interval, 0.1, Random), time, stoppingToken);
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A transient failure is not a defect.
                var level =
                    exception.IsServiceFailure() || exception.IsDatabaseFailure() ? LogLevel.Warning : LogLevel.Error;
                logger.Log(level, exception, "{Work} failed; it is tried again", GetType().Name);
            }
        }
    }
}

/// <summary>Registers <see cref="PeriodicWork"/>.</summary>
public static class PeriodicWorkExtensions
{
    /// <summary>Runs the work in the background; it can also be resolved, and run on demand.</summary>
    public static IServiceCollection AddPeriodicWork<TWork>(this IServiceCollection services)
        where TWork : PeriodicWork =>
        services.AddSingleton<TWork>().AddHostedService(provider => provider.GetRequiredService<TWork>());
}
