using System.Net.Sockets;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Tells temporary failures of the database from defects.</summary>
public static class DatabaseFailures
{
    /// <summary>Whether the database was unreachable, lost or full, which is temporary.</summary>
    public static bool IsDatabaseFailure(this Exception exception) =>
        exception switch
        {
            MySqlException { IsTransient: true } => true,
            MySqlException or MySqlEndOfStreamException or SocketException => exception.IsLostConnection(),
            { InnerException: { } inner } => inner.IsDatabaseFailure(),
            _ => false,
        };

    /// <summary>
    /// Whether a connection to the database was lost in the middle of something. Clients of other services wrap socket
    /// exceptions, so a bare one is the database driver's.
    /// </summary>
    public static bool IsLostConnection(this Exception exception) =>
        exception
            is SocketException
                // The server ended in the middle of an answer.
                or MySqlEndOfStreamException
                or MySqlException
                {
                    ErrorCode: not MySqlErrorCode.UnableToConnectToHost,
                    InnerException: IOException or SocketException,
                };
}
