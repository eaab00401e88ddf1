using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>What an answer may be.</summary>
internal enum Expected
{
    /// <summary>Whatever it is, it is no failure of the shop.</summary>
    NoFailure,

    /// <summary>It works.</summary>
    Success,

    /// <summary>It is refused.</summary>
    Refusal,
}

/// <summary>Sends requests, many at once, and notes every answer that must not be.</summary>
internal sealed class Sweep(SweepWorld world)
{
    private readonly ConcurrentBag<string> _findings = [];
    private int _sent;

    public SweepWorld World => world;

    public SweepRecipes Recipes { get; } = new(world);

    /// <summary>Does something with each of these operations, and fails with all that was found.</summary>
    public async Task OverAsync(IEnumerable<SweepOperation> operations, Func<SweepOperation, Task> sweepAsync)
    {
        await Parallel.ForEachAsync(
            operations,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (operation, _) => await sweepAsync(operation)
        );
        Finish();
    }

    public void Finish()
    {
        Assert.True(
            _findings.IsEmpty,
            $"{_findings.Count} of {_sent} answers should not be:\n{string.Join('\n', _findings.Order(StringComparer.Ordinal))}"
        );
        Assert.True(_sent > 0, "Nothing was asked.");
    }

    public void Find(string finding) => _findings.Add(finding);

    /// <summary>A valid request by a permitted caller.</summary>
    public Actor? RightfulCaller(SweepOperation operation) =>
        operation.IsPublic ? null
        : operation.IsForAdmins ? world.Admin
        : world.Shopper;

    public Task<string?> SendAsync(SweepRequest request, Actor? caller, Expected expected) =>
        SendAsync(request, caller is null ? null : $"Bearer {caller.Token}", expected, mayKnow: caller == world.Admin);

    /// <summary>Sends it and judges the answer. Returns the problem's code, or null.</summary>
    public async Task<string?> SendAsync(
        SweepRequest request,
        string? authorization,
        Expected expected,
        bool mayKnow = false,
        HttpStatusCode? exactly = null
    )
    {
        using var message = request.ToMessage();
        if (authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        Interlocked.Increment(ref _sent);
        try
        {
            using var answer = await world.Gateway.SendAsync(message);
            var text = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            var (problem, code) =
                status >= 400 ? ReadProblem(answer.Content.Headers.ContentType, status, text) : default;
            string?[] wrongs =
            [
                status >= 500 ? "the shop failed"
                : exactly is { } wanted && answer.StatusCode != wanted ? $"should be {(int)wanted}"
                : expected == Expected.Success && status >= 300 ? "should work"
                : expected == Expected.Refusal && status < 400 ? "should be refused"
                : null,
                problem,
                status < 300 && (text.Contains('\u1112') || text.Contains("\\u1112", StringComparison.Ordinal))
                    ? "has letters that are taken apart"
                    : null,
                mayKnow ? null : FindLeak(text + answer.Headers),
            ];
            foreach (var wrong in wrongs.OfType<string>())
            {
                Find($"{request}: {wrong}: {status} {text[..Math.Min(text.Length, 300)]}");
            }

            return code;
        }
        catch (HttpRequestException exception)
        {
            Find($"{request}: no answer: {exception.Message}");
            return null;
        }
    }

    /// <summary>Sends what no HTTP client would, and notes a failure.</summary>
    public async Task SendRawAsync(string label, string request)
    {
        Interlocked.Increment(ref _sent);
        using var connection = new TcpClient();
        await connection.ConnectAsync(world.Gateway.BaseAddress!.Host, world.Gateway.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadLineAsync() ?? "no answer";
        if (!answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal))
        {
            Find($"{label}: should be refused: {answer}");
        }
    }

    /// <summary>Asks for the head of a good request's answer, which must be the answer's own.</summary>
    public async Task CompareHeadAsync(SweepRequest request, Actor? caller)
    {
        using var answer = await AskAsync(HttpMethod.Get);
        using var head = await AskAsync(HttpMethod.Head);
        if (head.StatusCode != answer.StatusCode)
        {
            Find($"{request}: a HEAD is {(int)head.StatusCode}, a GET {(int)answer.StatusCode}");
        }

        if (head.Content.Headers.ContentType?.ToString() != answer.Content.Headers.ContentType?.ToString())
        {
            Find(
                $"{request}: a HEAD is {head.Content.Headers.ContentType}, a GET {answer.Content.Headers.ContentType}"
            );
        }

        if ((await head.Content.ReadAsByteArrayAsync()).Length > 0)
        {
            Find($"{request}: a HEAD has a body");
        }

        async Task<HttpResponseMessage> AskAsync(HttpMethod method)
        {
            Interlocked.Increment(ref _sent);
            using var message = (request with { Method = method }).ToMessage();
            if (caller is not null)
            {
                message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Token}");
            }

            return await world.Gateway.SendAsync(message);
        }
    }

    private string? FindLeak(string text) =>
        world.Secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } secret
            ? $"tells the victim's '{secret}'"
            : null;

    private static (string? Wrong, string? Code) ReadProblem(MediaTypeHeaderValue? type, int status, string text)
    {
        if (type?.MediaType != "application/problem+json")
        {
            return ($"is {type?.MediaType ?? "nothing"} instead of problem details", null);
        }

        using var problem = JsonDocument.Parse(text);
        var code = problem.RootElement.TryGetProperty("code", out var word) ? word.GetString() : null;
        return (
            string.IsNullOrEmpty(code) ? "has no code"
            : !problem.RootElement.TryGetProperty("traceId", out _) ? "has no trace id"
            : problem.RootElement.GetProperty("status").GetInt32() != status ? "tells another status"
            : null,
            code
        );
    }
}
