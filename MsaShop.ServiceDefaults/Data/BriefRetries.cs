using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MsaShop.ServiceDefaults.Errors;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// Retries deadlocks and lost connections, at once and a few times. It does not wait for a server that is down: the
/// provider's own strategy takes a minute, and a quick 503 serves a shopper better.
/// </summary>
public static class BriefRetries
{
    private const int MaxRetries = 5;

    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Replaces the provider's own retries.</summary>
    /// <param name="options">With the provider set.</param>
    /// <param name="alsoOn">Further errors that are worth a retry.</param>
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
