using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace MsaShop.Bench.Measuring;

/// <summary>Sends a number of requests, each once, over a number of connections.</summary>
public static class Rush
{
    /// <param name="requestOf">Creates a request by its number, from 0.</param>
    /// <param name="connections">The number of concurrent requests.</param>
    /// <param name="expected">The expected statuses; any other fails the run.</param>
    /// <returns>The rate and times, and the number of answers per status.</returns>
    /// <exception cref="InvalidOperationException">An answer had an unexpected status.</exception>
    public static async Task<(Sample Sample, IReadOnlyDictionary<HttpStatusCode, int> Answers)> SendAsync(
        int count,
        Func<int, HttpRequestMessage> requestOf,
        int connections,
        params HttpStatusCode[] expected
    )
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
        var times = new TimeSpan[count];
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendInTurnAsync()));
        watch.Stop();
        Array.Sort(times);
        return (
            new Sample(
                count / watch.Elapsed.TotalSeconds,
                times[times.Length / 2],
                times[times.Length * 99 / 100],
                count
            ),
            answers
        );

        async Task SendInTurnAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < count)
            {
                using var request = requestOf(index);
                var start = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                times[index] = Stopwatch.GetElapsedTime(start);
                if (!expected.Contains(answer.StatusCode))
                {
                    throw new InvalidOperationException($"{request.RequestUri}: {(int)answer.StatusCode} {body}");
                }

                answers.AddOrUpdate(answer.StatusCode, 1, (_, others) => others + 1);
            }
        }
    }
}
