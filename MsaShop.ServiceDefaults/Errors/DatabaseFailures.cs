using System.Net.Sockets;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Tells failures of the database, which pass by themselves, from defects.</summary>
public static class DatabaseFailures
{
    /// <summary>Whether the database could not be reached, was lost, or had no room: what passes.</summary>
    public static bool IsDatabaseFailure(this Exception exception) =>
        exception switch
        {
            MySqlException { IsTransient: true } => true,
            MySqlException or MySqlEndOfStreamException or SocketException => exception.IsLostConnection(),
            { InnerException: { } inner } => inner.IsDatabaseFailure(),
            _ => false,
        };

    /// <summary>
    /// Whether the connection to the database was lost in the middle of something. Clients of other services wrap what their
    /// sockets say, so a bare socket exception is the database driver's.
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
