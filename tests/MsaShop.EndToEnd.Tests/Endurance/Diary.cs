using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>What people have lived to see.</summary>
public sealed class Diary
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Answers that nobody should ever get: a 5xx other than 503.</summary>
    public ConcurrentQueue<string> Surprises { get; } = [];

    /// <summary>The numbers of the orders that somebody was told they have.</summary>
    public ConcurrentQueue<string> Ordered { get; } = [];

    /// <summary>The numbers of those that somebody was told they have paid for.</summary>
    public ConcurrentQueue<string> Paid { get; } = [];

    /// <summary>Everything that was counted, in the order of the names.</summary>
    public string Summary =>
        string.Join(
            ", ",
            _counts
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value}"))
        );

    /// <summary>How often this happened.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    /// <summary>It happened once more.</summary>
    public void Note(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Notes how a request was answered.</summary>
    /// <param name="what">What was asked for.</param>
    /// <param name="answer">The answer; null if there was none.</param>
    public void Note(string what, Answer? answer)
    {
        var ending = answer switch
        {
            null => "no answer",
            { Status: >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous } => $"{(int)answer.Status}",
            { Body.ValueKind: System.Text.Json.JsonValueKind.Object } => $"{(int)answer.Status} {answer.Code}",
            _ => $"{(int)answer.Status}",
        };
        Note($"{what} {ending}");
        if (answer is { Status: >= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable })
        {
            Surprises.Enqueue($"{what}: {answer}");
        }
    }
}
