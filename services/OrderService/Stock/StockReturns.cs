using System.Threading.Channels;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Stock;

/// <summary>
/// Returns the stock of orders that came to nothing, however long product-svc is away. What waits here is lost with the
/// process.
/// </summary>
public sealed class StockReturns(IServiceScopeFactory scopes, TimeProvider time, ILogger<StockReturns> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();

    /// <summary>Returns the order's stock now if product-svc answers, and as soon as it does otherwise.</summary>
    public async Task ReturnAsync(string orderNumber)
    {
        if (!await TryReturnAsync(orderNumber, CancellationToken.None))
        {
            ReturnSoon(orderNumber);
        }
    }

    /// <summary>Returns the order's stock without making the caller wait for it.</summary>
    public void ReturnSoon(string orderNumber) => _waiting.Writer.TryWrite(orderNumber);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var orderNumber in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            for (var pause = s_firstPause; !await TryReturnAsync(orderNumber, stoppingToken); pause = Longer(pause))
            {
                await Task.Delay(pause, time, stoppingToken);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;

    private async Task<bool> TryReturnAsync(string orderNumber, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<StockClient>().ReturnAsync(orderNumber, cancellationToken);
            logger.LogInformation("Order {OrderNumber}: stock returned", orderNumber);
            return true;
        }
        catch (Exception exception) when (exception.IsServiceFailure())
        {
            logger.LogWarning(exception, "Order {OrderNumber}: stock not returned yet", orderNumber);
            return false;
        }
    }
}

/// <summary>Adds <see cref="StockReturns"/>.</summary>
public static class StockReturnsExtensions
{
    /// <summary>Adds the returning of stock.</summary>
    public static IServiceCollection AddStockReturns(this IServiceCollection services) =>
        services.AddSingleton<StockReturns>().AddHostedService(provider => provider.GetRequiredService<StockReturns>());
}
