using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ServiceDefaults.Background;

/// <summary>
/// Work that is done again and again while the service runs, in every replica. A try that fails is logged, and the next
/// comes all the same.
/// </summary>
/// <param name="interval">How long to wait between two tries; varied a little, so that replicas spread.</param>
/// <param name="logger">Where failures go.</param>
public abstract class PeriodicWork(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Where it says what it did.</summary>
    protected ILogger Logger => logger;

    /// <summary>What varies the pauses.</summary>
    protected virtual Random Random => Random.Shared;

    /// <summary>Does what there is to do now.</summary>
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
                // What passes by itself is no defect.
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
    /// <summary>Does the work while the service runs. It can also be asked for, and run at will.</summary>
    public static IServiceCollection AddPeriodicWork<TWork>(this IServiceCollection services)
        where TWork : PeriodicWork =>
        services.AddSingleton<TWork>().AddHostedService(provider => provider.GetRequiredService<TWork>());
}
