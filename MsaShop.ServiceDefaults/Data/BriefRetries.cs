using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MsaShop.ServiceDefaults.Errors;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// Retries a few times, almost at once, after a deadlock or a lost connection. It does not wait for a server that is
/// down: the provider's own strategy retries for a minute, while a shopper is better served by a quick 503.
/// </summary>
public static class BriefRetries
{
    private const int MaxRetries = 5;

    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Replaces the provider's retries.</summary>
    /// <param name="options">The context's options; the provider must already be set.</param>
    /// <param name="alsoOn">Further errors to retry on.</param>
    public static void RetryBriefly(
        this DbContextOptionsBuilder options,
        params IReadOnlyCollection<MySqlErrorCode> alsoOn
    )
    {
        var provider = RelationalOptionsExtension.Extract(options.Options);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(
            provider.WithExecutionStrategyFactory(dependencies => new Strategy(dependencies, alsoOn))
        );
    }

    private sealed class Strategy(
        ExecutionStrategyDependencies dependencies,
        IReadOnlyCollection<MySqlErrorCode> alsoOn
    ) : ExecutionStrategy(dependencies, MaxRetries, s_maxDelay)
    {
        protected override bool ShouldRetryOn(Exception exception) =>
            exception.IsLostConnection()
            || exception is MySqlException mysql
                && (mysql.ErrorCode == MySqlErrorCode.LockDeadlock || alsoOn.Contains(mysql.ErrorCode));
    }
}
