using System.Globalization;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// Removes the database's own error messages from text. They quote the values to be stored, such as an e-mail address
/// (<c>Duplicate entry '…' for key '…'</c>), in no reliable format; the error's number says as much about the cause.
/// </summary>
public static class DatabaseErrorText
{
    /// <summary>The exception's message, with the database's own messages replaced by the error's number.</summary>
    public static string GetSafeMessage(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.WithoutValues(exception.Message);
    }

    /// <summary>Whether the exception, or one inside it, has a message from the database.</summary>
    internal static bool IsDatabaseError(this Exception exception) => FindErrors(exception).Any();

    /// <summary>Replaces the database's messages in a text about the exception.</summary>
    internal static string WithoutValues(this Exception exception, string text)
    {
        foreach (var error in FindErrors(exception))
        {
            text = text.Replace(error.Message, NameOf(error), StringComparison.Ordinal);
        }

        return text;
    }

    private static string NameOf(MySqlException error) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{error.ErrorCode} (error {error.Number}, SQLSTATE {error.SqlState})"
        );

    /// <summary>The server's errors only: the driver's own, such as a failed connection, quote no values.</summary>
    private static IEnumerable<MySqlException> FindErrors(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is MySqlException { SqlState: not null, Message.Length: > 0 } error)
            {
                yield return error;
            }

            if (current is AggregateException several)
            {
                foreach (var inner in several.InnerExceptions.SelectMany(FindErrors))
                {
                    yield return inner;
                }

                yield break;
            }
        }
    }
}
