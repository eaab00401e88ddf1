using System.Net.Sockets;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Distinguishes transient database failures from defects.</summary>
public static class DatabaseFailures
{
    /// <summary>Whether the database was unreachable, lost or full: a transient failure.</summary>
    public static bool IsDatabaseFailure(this Exception exception) =>
        exception switch
        {
            MySqlException { IsTransient: true } => true,
            MySqlException or MySqlEndOfStreamException or SocketException => exception.IsLostConnection(),
            { InnerException: { } inner } => inner.IsDatabaseFailure(),
            _ => false,
        };

    /// <summary>
    /// Whether the connection to the database was lost midway. HTTP clients wrap their socket exceptions, so a bare one
    /// comes from the database driver.
    /// </summary>
    public static bool IsLostConnection(this Exception exception) =>
        exception
            is SocketException
                // The server stopped in the middle of an answer.
                or MySqlEndOfStreamException
                or MySqlException
                {
                    ErrorCode: not MySqlErrorCode.UnableToConnectToHost,
                    InnerException: IOException or SocketException,
                };
}
