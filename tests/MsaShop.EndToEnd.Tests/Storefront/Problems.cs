using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MsaShop.EndToEnd.Tests.Storefront;

/// <summary>
/// What went wrong in a browser and should not have: errors of scripts and on the console, which is where a broken content
/// security policy is reported, requests that failed, and answers that are errors.
/// </summary>
public sealed class Problems
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly List<Regex> _announced = [];

    public Problems(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            // Failed requests are told below, with the method and the status.
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
            {
                _seen.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => _seen.Enqueue($"script: {error.Error}");
        context.RequestFailed += (_, request) =>
        {
            // Left unfinished because the page was left, or asked again.
            if (request.Failure != "net::ERR_ABORTED")
            {
                _seen.Enqueue($"request: {request.Method} {PathOf(request.Url)} {request.Failure}");
            }
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _seen.Enqueue($"answer: {response.Request.Method} {PathOf(response.Url)} {response.Status}");
            }
        };
    }

    /// <summary>Says that these will be, by a regular expression, and rightly so.</summary>
    public void Announce(string pattern) => _announced.Add(new Regex(pattern));

    /// <summary>All that nobody announced.</summary>
    public IReadOnlyList<string> Unannounced() =>
        [.. _seen.Where(problem => !_announced.Any(pattern => pattern.IsMatch(problem)))];

    private static string PathOf(string url) => new Uri(url).PathAndQuery;
}
