using System.Globalization;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Telemetry;

/// <summary>
/// What may be written down of an error of the database's. Its own words quote what was to be stored, an e-mail address say
/// (<c>Duplicate entry '…' for key '…'</c>), and no rule tells which; its number tells as much of what went wrong.
/// </summary>
public static class DatabaseErrorText
{
    /// <summary>The exception's message without the database's own words.</summary>
    public static string GetSafeMessage(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.WithoutValues(exception.Message);
    }

    /// <summary>Whether the database has said something about what it was asked, here or in what is inside.</summary>
    internal static bool IsDatabaseError(this Exception exception) => FindErrors(exception).Any();

    /// <summary>A text about the exception, without the database's own words.</summary>
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

    /// <summary>What the server said; what the driver says by itself, that it cannot connect for example, quotes nothing.</summary>
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
