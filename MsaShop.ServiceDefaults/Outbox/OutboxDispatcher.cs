using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.Outbox;

/// <summary>Delivers messages: claims them, runs their handlers, and records the outcomes.</summary>
public sealed class OutboxDispatcher
{
    private static readonly ActivitySource s_source = new("MsaShop.Outbox");

    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="DeliverNowAsync"/> polls a message that another worker has claimed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_askInterval = TimeSpan.FromMilliseconds(25);

    private readonly IServiceScopeFactory _scopes;
    private readonly OutboxRoutes _routes;
    private readonly OutboxSignal _signal;
    private readonly CompletionBuffer _ends;
    private readonly OutboxMetrics _metrics;
    private readonly OutboxOptions _settings;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<OutboxDispatcher> _logger;

    internal OutboxDispatcher(
        IServiceScopeFactory scopes,
        OutboxRoutes routes,
        OutboxSignal signal,
        CompletionBuffer ends,
        OutboxMetrics metrics,
        IOptions<OutboxOptions> settings,
        TimeProvider time,
        Random random,
        ILogger<OutboxDispatcher> logger
    )
    {
        _scopes = scopes;
        _routes = routes;
        _signal = signal;
        _ends = ends;
        _metrics = metrics;
        _settings = settings.Value;
        _time = time;
        _random = random;
        _logger = logger;
    }

    /// <summary>Makes this process's worker look for due messages at once.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Delivers a message for a caller that waits for it, after the commit that stored it.</summary>
    /// <param name="message">The enqueued message; if the worker was faster, its outcome is awaited.</param>
    /// <param name="cancellationToken">Stops waiting; the worker still delivers the message.</param>
    /// <param name="handle">
    /// Replaces the handler's first run, with data that the caller has at hand. Allowed only for a message with
    /// <see cref="EnqueueOptions.DeliveredBy"/>. If it fails, the handler takes over.
    /// </param>
    /// <returns>Whether the message is done. If not, the worker goes on with it, unless it is dead.</returns>
    public async Task<bool> DeliverNowAsync(
        OutboxMessage message,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<Delivery>>? handle = null
    )
    {
        if (message.IsReserved)
        {
            return await DeliverForCallerAsync(message, cancellationToken, handle);
        }

        if (handle is not null)
        {
            throw new ArgumentException("Somebody else may be delivering it.", nameof(message));
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                await using var scope = _scopes.CreateAsyncScope();
                var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
                if (await store.ClaimAsync(message.Id, LeaseFor, cancellationToken) is { } claimed)
                {
                    return await DeliverForCallerAsync(claimed, cancellationToken);
                }

                var status = await store
                    .Messages.Where(m => m.Id == message.Id)
                    .Select(m => (OutboxStatus?)m.Status)
                    .SingleOrDefaultAsync(cancellationToken);
                if (status is not OutboxStatus.Pending || Stopwatch.GetElapsedTime(started) > s_patience)
                {
                    return status is OutboxStatus.Done;
                }

                await Task.Delay(s_askInterval, cancellationToken);
            }
        }
        catch (Exception exception) when (exception.IsDatabaseFailure())
        {
            _logger.LogWarning(
                "Outbox message {Id} is left to the worker: {Error}",
                message.Id,
                exception.GetSafeMessage()
            );
            return false;
        }
    }

    private async Task<bool> DeliverForCallerAsync(
        OutboxMessage claimed,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<Delivery>>? handle = null
    )
    {
        var outcome = await DeliverAsync(claimed, cancellationToken, handle);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome == DeliveryOutcome.Done;
    }

    /// <summary>
    /// For tests and tools: delivers due messages, including those that become due meanwhile, until there are none.
    /// Messages put off until later stay.
    /// </summary>
    /// <returns>The number of attempted deliveries.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        while (await ClaimDueAsync(_settings.Concurrency, cancellationToken) is { Count: > 0 } claimed)
        {
            await Task.WhenAll(claimed.Select(message => DeliverAsync(message, cancellationToken)));
            count += claimed.Count;
        }

        return count;
    }

    /// <summary>Claims a message that is not stored yet.</summary>
    internal void Claim(OutboxMessage message, DateTime now) => message.Claim(now + LeaseFor(message));

    internal async Task<List<OutboxMessage>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        if (_routes.Types.Count == 0)
        {
            return [];
        }

        await using var scope = _scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
        return await store.ClaimDueAsync(limit, _routes.Types, LeaseFor, cancellationToken);
    }

    /// <summary>Handles a claimed message. Never throws: an error becomes the message's outcome.</summary>
    internal async Task<DeliveryOutcome> DeliverAsync(
        OutboxMessage message,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task<Delivery>>? handle = null
    )
    {
        using var activity = s_source.StartActivity(
            $"outbox {message.Type}",
            ActivityKind.Consumer,
            ActivityContext.TryParse(message.TraceParent, message.TraceState, isRemote: true, out var parent)
                ? parent
                : default
        );
        activity?.SetTag("messaging.message.id", message.Id).SetTag("msashop.outbox.attempt", message.Attempts);

        var delivery = await HandleAsync(message, handle, cancellationToken);
        var outcome = delivery.Outcome;
        activity?.SetTag("msashop.outbox.outcome", outcome.ToWord());
        _metrics.Delivered(message.Type, outcome.ToWord());
        if (message.IsReserved && outcome == DeliveryOutcome.Done && _ends.TryAdd(message))
        {
            return outcome;
        }

        try
        {
            await WriteDownAsync(message, delivery);
        }
        catch (Exception exception)
        {
            // The lease expires, and the message is delivered again.
            _logger.LogWarning(exception, "The outcome of outbox message {Id} could not be written down", message.Id);
            return DeliveryOutcome.Later;
        }

        return outcome;
    }

    private async Task<Delivery> HandleAsync(
        OutboxMessage message,
        Func<CancellationToken, Task<Delivery>>? handle,
        CancellationToken cancellationToken
    )
    {
        var route = _routes.Find(message.Type);
        if (route is null)
        {
            return Delivery.Later(why: "This service does not handle messages of this type.");
        }

        using var timeout = new CancellationTokenSource(TimeoutOf(route), _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (handle is not null)
            {
                return await handle(stop.Token);
            }

            await using var scope = _scopes.CreateAsyncScope();
            return await route.HandleAsync(scope.ServiceProvider, message.Payload, stop.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Delivery.Later(TimeSpan.FromMilliseconds(1), "Interrupted.");
        }
        catch (Exception exception)
        {
            return Judge(message, exception, timedOut: timeout.IsCancellationRequested);
        }
    }

    private Delivery Judge(OutboxMessage message, Exception exception, bool timedOut)
    {
        var why = $"{exception.GetType().Name}: {exception.GetSafeMessage()}";
        if (exception is OperationCanceledException && timedOut)
        {
            why = "The handler took too long.";
        }
        else if (!exception.IsServiceFailure() && !exception.IsDatabaseFailure() && exception is not TimeoutException)
        {
            message.Failures++;
            _logger.LogError(
                exception,
                "Outbox message {Id} ({Type} {Key}) failed, {Failures} of {Max}",
                message.Id,
                message.Type,
                message.Key,
                message.Failures,
                _settings.MaxAttempts
            );
            return message.Failures >= _settings.MaxAttempts ? Delivery.Dead(why) : Delivery.Later(why: why);
        }

        _logger.LogWarning(
            "Outbox message {Id} ({Type} {Key}) comes again: {Why}",
            message.Id,
            message.Type,
            message.Key,
            why
        );
        return Delivery.Later(why: why);
    }

    private async Task WriteDownAsync(OutboxMessage message, Delivery delivery)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<OutboxStore>();
        var why = delivery.Why?.Cut(OutboxMessage.MaxErrorLength);
        var isOurs = delivery.Outcome switch
        {
            DeliveryOutcome.Done => await store.EndAsync(message, OutboxStatus.Done, why),
            DeliveryOutcome.Dead => await store.EndAsync(message, OutboxStatus.Dead, why),
            _ => await store.PutBackAsync(
                message,
                _time.GetStorableNow() + (delivery.After is { Ticks: > 0 } after ? after : GetDelay(message.Attempts)),
                why
            ),
        };
        if (delivery.Outcome == DeliveryOutcome.Dead)
        {
            _logger.LogError(
                "Outbox message {Id} ({Type} {Key}) is dead: {Why}",
                message.Id,
                message.Type,
                message.Key,
                why
            );
        }

        if (!isOurs)
        {
            _logger.LogInformation(
                "Outbox message {Id} ({Type} {Key}) was decided elsewhere meanwhile",
                message.Id,
                message.Type,
                message.Key
            );
        }
    }

    private TimeSpan LeaseFor(OutboxMessage message) => TimeoutOf(_routes.Find(message.Type)) + _settings.LeaseMargin;

    private TimeSpan TimeoutOf(OutboxRoute? route) => route?.Timeout ?? _settings.HandlerTimeout;

    /// <summary>Half a second, doubled with each attempt up to half a minute, varied by a fifth.</summary>
    private TimeSpan GetDelay(int attempts)
    {
        var delay = s_firstDelay * Math.Pow(2, Math.Min(attempts - 1, 10));
        return Jitter.Around(delay < s_maxDelay ? delay : s_maxDelay, 0.2, _random);
    }
}
