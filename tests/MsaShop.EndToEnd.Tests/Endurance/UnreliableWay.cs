using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>
/// The way to a service, on which some calls come late, some twice, some after their caller has gone, and some answers are
/// lost, as a seed draws it. What is on its way arrives.
/// </summary>
public sealed class UnreliableWay : IAsyncDisposable
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longDelay = TimeSpan.FromSeconds(15);

    private readonly Func<Uri> _service;
    private readonly Random _random;
    private readonly HttpClient _http = PassedCall.NewClient();
    private readonly ConcurrentDictionary<Task, bool> _onTheWay = [];
    private StubService _stub = null!;

    private UnreliableWay(Func<Uri> service, int seed)
    {
        _service = service;
        _random = new Random(seed);
    }

    /// <summary>Where it begins.</summary>
    public Uri Address => _stub.Address;

    /// <summary>Whether anything goes wrong on it.</summary>
    public bool IsRough { get; set; }

    /// <summary>How often what has gone wrong.</summary>
    public ConcurrentDictionary<Mishap, int> Mishaps { get; } = [];

    /// <summary>Opens a way on which nothing goes wrong yet.</summary>
    /// <param name="service">Where it leads to, asked for with each call.</param>
    /// <param name="seed">What is drawn from.</param>
    public static async Task<UnreliableWay> ToAsync(Func<Uri> service, int seed)
    {
        var way = new UnreliableWay(service, seed);
        way._stub = await StubService.StartAsync(app => app.Map("/{**path}", way.PassAsync), isDocumented: false);
        return way;
    }

    /// <summary>Ends when all has arrived that is on its way.</summary>
    public Task ArriveAsync() => Task.WhenAll(_onTheWay.Keys);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stub.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var call = await PassedCall.ReadAsync(context.Request);
        var mishap = Draw(call);
        Mishaps.AddOrUpdate(mishap, 1, (_, count) => count + 1);
        switch (mishap)
        {
            case Mishap.Late:
                await Task.Delay(Draw(s_delay));
                break;
            case Mishap.Twice:
                _ = SendApartAsync(call, Draw(s_delay));
                break;
            case Mishap.TwiceLongAfter:
                _ = SendApartAsync(call, Draw(s_longDelay));
                break;
            case Mishap.TooLate:
                _ = SendApartAsync(call, Draw(s_longDelay));
                context.Abort();
                return;
            case Mishap.AnswerLost:
                await SendApartAsync(call, TimeSpan.Zero);
                context.Abort();
                return;
        }

        try
        {
            using var answer = await call.SendAsync(_http, _service());
            await PassedCall.AnswerAsync(answer, context.Response);
        }
        catch (HttpRequestException)
        {
            // Nobody is there: as if there were no way in between.
            context.Abort();
        }
    }

    private Mishap Draw(PassedCall call)
    {
        // Who asks whether a service is alive asks often, and would take this for its death.
        if (!IsRough || call.Path is "/alive" or "/health")
        {
            return Mishap.None;
        }

        lock (_random)
        {
            return _random.Next(100) switch
            {
                < 6 => Mishap.Late,
                < 9 => Mishap.Twice,
                < 11 => Mishap.TwiceLongAfter,
                < 13 => Mishap.TooLate,
                < 15 => Mishap.AnswerLost,
                _ => Mishap.None,
            };
        }
    }

    private TimeSpan Draw(TimeSpan atMost)
    {
        lock (_random)
        {
            return atMost * _random.NextDouble();
        }
    }

    /// <summary>Sends a call whose answer nobody gets.</summary>
    private Task SendApartAsync(PassedCall call, TimeSpan delay)
    {
        var sending = SendAsync();
        _onTheWay[sending] = true;
        _ = sending.ContinueWith(sent => _onTheWay.TryRemove(sent, out _), TaskScheduler.Default);
        return sending;

        async Task SendAsync()
        {
            await Task.Delay(delay);
            try
            {
                using var answer = await call.SendAsync(_http, _service());
            }
            catch (HttpRequestException)
            {
                // Nobody is there: lost as well.
            }
        }
    }
}

/// <summary>What befalls a call.</summary>
public enum Mishap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It comes a little late.</summary>
    Late,

    /// <summary>It comes once more, at nearly the same time.</summary>
    Twice,

    /// <summary>It comes once more, when the first one is long over.</summary>
    TwiceLongAfter,

    /// <summary>It comes when its caller has heard that the connection is lost.</summary>
    TooLate,

    /// <summary>It comes, and its answer does not.</summary>
    AnswerLost,
}
