using System.Globalization;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// What logs may contain of a database error. Its message quotes values such as e-mail addresses (<c>Duplicate entry '…' for
/// key '…'</c>), and no rule tells which; its number tells as much.
/// </summary>
public static class DatabaseErrorText
{
    /// <summary>The exception's message without the database's own text.</summary>
    public static string GetSafeMessage(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.WithoutValues(exception.Message);
    }

    /// <summary>Whether the exception, or one inside, is a database error.</summary>
    internal static bool IsDatabaseError(this Exception exception) => FindErrors(exception).Any();

    /// <summary>A text about the exception, without the database's own text.</summary>
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

    /// <summary>The server's errors; the driver's own, such as a failed connection, quote no values.</summary>
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
