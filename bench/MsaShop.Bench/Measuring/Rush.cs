using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace MsaShop.Bench.Measuring;

/// <summary>Sends each of a number of requests once, over so many connections.</summary>
public static class Rush
{
    /// <summary>Sends all requests and awaits all answers.</summary>
    /// <param name="requestOf">By number, from 0.</param>
    /// <param name="connections">At once.</param>
    /// <param name="expected">The valid statuses; any other fails the run.</param>
    /// <returns>The sample, and the number of answers by status.</returns>
    /// <exception cref="InvalidOperationException">An unexpected answer.</exception>
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
