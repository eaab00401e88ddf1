using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MsaShop.ServiceDefaults.Errors;
using MySqlConnector;

namespace MsaShop.Data;

/// <summary>
/// Tries again, at once and a few times, what lost a deadlock or its connection. A server that is not there is not waited
/// for: the provider's own strategy takes a minute over it, in which a shopper is better served by a quick 503.
/// </summary>
public static class BriefRetries
{
    private const int MaxRetries = 5;

    private static readonly TimeSpan s_maxDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the place of the provider's own retries.</summary>
    /// <param name="options">The context's options, with their provider set.</param>
    /// <param name="alsoOn">Errors after which the context's work may succeed when done again.</param>
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
