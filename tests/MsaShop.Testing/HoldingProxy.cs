using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MsaShop.Testing;

/// <summary>
/// The way to a service, on which calls come late, doubled and out of order, and answers late or never, as a test decides. What
/// is on its way arrives, also when its caller has given up.
/// </summary>
public sealed class HoldingProxy : IAsyncDisposable
{
    private readonly Uri _service;
    private readonly HttpClient _http = PassedCall.NewClient();
    private readonly List<HeldCalls> _held = [];
    private StubService _stub = null!;

    private HoldingProxy(Uri service) => _service = service;

    /// <summary>Where it listens.</summary>
    public Uri Address => _stub.Address;

    /// <summary>Sends each call twice, and answers with the second answer: the first one's caller has heard nothing.</summary>
    public bool Doubles { get; set; }

    /// <summary>Every call that the service has answered, in the order of the answers.</summary>
    public ConcurrentQueue<SeenCall> Seen { get; } = new();

    /// <summary>Opens a way to a service.</summary>
    public static async Task<HoldingProxy> InFrontOfAsync(Uri service)
    {
        var proxy = new HoldingProxy(service);
        proxy._stub = await StubService.StartAsync(app => app.Map("/{**path}", proxy.PassAsync));
        return proxy;
    }

    /// <summary>Keeps calls from the service until the test lets them go.</summary>
    /// <param name="pathEnd">How their paths end.</param>
    /// <param name="count">How many, the next ones.</param>
    public HeldCalls HoldCalls(string pathEnd, int count = int.MaxValue) => Hold(pathEnd, count, isAnswer: false);

    /// <summary>Lets calls through, and keeps their answers back until the test lets them go.</summary>
    /// <param name="pathEnd">How the calls' paths end.</param>
    /// <param name="count">How many, the next ones.</param>
    public HeldCalls HoldAnswers(string pathEnd, int count = int.MaxValue) => Hold(pathEnd, count, isAnswer: true);

    /// <summary>How many calls with this end of their path the service has answered.</summary>
    public int CountOf(string pathEnd) => Seen.Count(call => call.Path.EndsWith(pathEnd, StringComparison.Ordinal));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        lock (_held)
        {
            _held.ForEach(held => _ = held.LetGoAsync());
        }

        await _stub.DisposeAsync();
        _http.Dispose();
    }

    private HeldCalls Hold(string pathEnd, int count, bool isAnswer)
    {
        var held = new HeldCalls(pathEnd, count, isAnswer);
        lock (_held)
        {
            _held.Add(held);
        }

        return held;
    }

    private async Task PassAsync(HttpContext context)
    {
        var call = await PassedCall.ReadAsync(context.Request);
        using var passage = await PassThroughAsync(call.Path, isAnswer: false);
        using var first = Doubles ? await SendAsync(call) : null;
        using var answer = await SendAsync(call);
        passage?.Dispose();
        using var back = await PassThroughAsync(call.Path, isAnswer: true);
        await PassedCall.AnswerAsync(answer, context.Response);
    }

    /// <summary>Waits where something holds it back.</summary>
    /// <returns>What held it, to dispose of once it has arrived.</returns>
    private async Task<IDisposable?> PassThroughAsync(string path, bool isAnswer)
    {
        HeldCalls.Passage? passage;
        lock (_held)
        {
            passage = _held.Select(held => held.TryTake(path, isAnswer)).FirstOrDefault(taken => taken is not null);
        }

        if (passage is not null)
        {
            await passage.OpenAsync();
        }

        return passage;
    }

    private async Task<HttpResponseMessage> SendAsync(PassedCall call)
    {
        // Not the caller's patience: what was sent arrives.
        var answer = await call.SendAsync(_http, _service);
        Seen.Enqueue(
            new SeenCall(
                call.Method,
                call.Path,
                call.Query,
                call.Body,
                (int)answer.StatusCode,
                await answer.Content.ReadAsStringAsync()
            )
        );
        return answer;
    }
}

/// <summary>A call, and how it was answered.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query, with its question mark; empty if there is none.</param>
/// <param name="Body">The body.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Answer">The answer's body.</param>
public sealed record SeenCall(string Method, string Path, string Query, string Body, int Status, string Answer);

/// <summary>Calls that are held back, or their answers.</summary>
public sealed class HeldCalls
{
    private readonly string _pathEnd;
    private readonly bool _isAnswer;
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _left;
    private int _under;

    internal HeldCalls(string pathEnd, int count, bool isAnswer)
    {
        _pathEnd = pathEnd;
        _left = count;
        _isAnswer = isAnswer;
    }

    /// <summary>Ends when the first one is held.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Lets all of them go, and holds no more.</summary>
    /// <returns>Ends when they have arrived.</returns>
    public Task LetGoAsync()
    {
        lock (_lock)
        {
            _goOn.TrySetResult();
            EndIfDone();
        }

        return _done.Task;
    }

    internal Passage? TryTake(string path, bool isAnswer)
    {
        lock (_lock)
        {
            var isHeld = isAnswer == _isAnswer && path.EndsWith(_pathEnd, StringComparison.Ordinal);
            if (!isHeld || _goOn.Task.IsCompleted || _left == 0)
            {
                return null;
            }

            _left--;
            _under++;
            _arrived.TrySetResult();
            return new Passage(this);
        }
    }

    private void EndIfDone()
    {
        if (_goOn.Task.IsCompleted && _under == 0)
        {
            _done.TrySetResult();
        }
    }

    /// <summary>One of them.</summary>
    internal sealed class Passage(HeldCalls held) : IDisposable
    {
        private bool _isOver;

        public Task OpenAsync() => held._goOn.Task;

        public void Dispose()
        {
            lock (held._lock)
            {
                held._under -= _isOver ? 0 : 1;
                _isOver = true;
                held.EndIfDone();
            }
        }
    }
}
