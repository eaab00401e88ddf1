using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Data;

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

    /// <summary>Whether the database could not be reached, was lost, or had no room: what passes.</summary>
    public static bool IsDatabaseFailure(this Exception exception) =>
        exception switch
        {
            MySqlException { IsTransient: true } => true,
            MySqlException or MySqlEndOfStreamException or SocketException => exception.IsLostConnection(),
            { InnerException: { } inner } => inner.IsDatabaseFailure(),
            _ => false,
        };

    // Clients of other services wrap what their sockets say, so that a bare one is the database driver's.
    private static bool IsLostConnection(this Exception exception) =>
        exception
            is SocketException
                // The server ended in the middle of an answer.
                or MySqlEndOfStreamException
                or MySqlException
                {
                    ErrorCode: not MySqlErrorCode.UnableToConnectToHost,
                    InnerException: IOException or SocketException,
                };

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
