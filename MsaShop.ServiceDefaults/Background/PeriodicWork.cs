using Microsoft.Extensions.Hosting;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ServiceDefaults.Background;

/// <summary>
/// Work repeated while the service runs, in every replica. A failed run is logged, and the next one comes all the same.
/// </summary>
/// <param name="interval">The pause between runs; varied a little, so that replicas spread.</param>
public abstract class PeriodicWork(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>The log of the work.</summary>
    protected ILogger Logger => logger;

    /// <summary>Varies the pauses.</summary>
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
                // A temporary failure is no defect.
                var level =
                    exception.IsServiceFailure() || exception.IsDatabaseFailure() ? LogLevel.Warning : LogLevel.Error;
                logger.Log(level, exception, "{Work} failed; it is tried again", GetType().Name);
            }
        }
    }
}

/// <summary>Adds <see cref="PeriodicWork"/>.</summary>
public static class PeriodicWorkExtensions
{
    /// <summary>Runs the work while the service runs. It can also be resolved, and run on demand.</summary>
    public static IServiceCollection AddPeriodicWork<TWork>(this IServiceCollection services)
        where TWork : PeriodicWork =>
        services.AddSingleton<TWork>().AddHostedService(provider => provider.GetRequiredService<TWork>());
}
