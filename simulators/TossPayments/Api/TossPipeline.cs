using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Api;

/// <summary>
/// Every request to the server API passes: trace id, key, test code, idempotency, body, faults, and then the operation
/// in one transaction with its stored answer.
/// </summary>
internal sealed class TossPipeline(
    LedgerStore ledger,
    SimulatorClock clock,
    KeyRing keys,
    PaymentExpiry expiry,
    ILogger<TossPipeline> logger
)
{
    private const string TraceIdHeader = "X-TossPayments-Trace-Id";
    private const string TestCodeHeader = "TossPayments-Test-Code";
    private const string IdempotencyKeyHeader = "Idempotency-Key";
    private const int MaxBodySize = 64 * 1024;

    private static readonly FaultKind[] s_faults =
    [
        FaultKind.Slow,
        FaultKind.SlowAfterApprove,
        FaultKind.DropResponseBeforeApprove,
        FaultKind.DropResponseAfterApprove,
        FaultKind.ErrorOnce,
        FaultKind.ErrorAfterApprove,
        FaultKind.Conflict,
    ];

    // In memory only: a request that a crash interrupts got no answer and may be repeated.
    private readonly ConcurrentDictionary<Idempotency, bool> _running = [];

    public async Task HandleAsync(
        HttpContext context,
        Operation operation,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        context.Response.Headers[TraceIdHeader] = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
        var answer = await AnswerAsync(context, operation, handle);
        if (answer is null)
        {
            context.Abort();
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = "application/json;charset=UTF-8";
            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>The answer, or null to abort the connection instead.</summary>
    private async Task<TossAnswer?> AnswerAsync(
        HttpContext context,
        Operation operation,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var request = context.Request;
        var english = PrefersEnglish(request);
        var (secretKey, keyPair, keyError) = BasicAuthentication.Read(request, keys);
        if (keyError is not null)
        {
            return Errors.Answer(keyError, english);
        }

        if (request.Headers[TestCodeHeader].ToString() is { Length: > 0 } code)
        {
            return Errors.Answer(TossErrors.Find(code) ?? TossErrors.InvalidRequest, english);
        }

        var call = new TossCall(
            keyPair,
            secretKey,
            english,
            $"{request.Scheme}://{request.Host}",
            context.GetRouteValue("paymentKey") as string,
            context.GetRouteValue("orderId") as string,
            request.Query
        );
        if (operation == Operation.Lookup)
        {
            return await DoAsync(operation, call, idempotency: null, handle);
        }

        if (await ReadBodyAsync(request) is not { } body)
        {
            return call.Error(TossErrors.InvalidRequest);
        }

        call = call with { Body = body };
        var key = request.Headers[IdempotencyKeyHeader].ToString();
        return key.Length switch
        {
            0 => await DoAsync(operation, call, idempotency: null, handle),
            > Idempotency.MaxKeyLength => call.Error(TossErrors.InvalidIdempotencyKey),
            _ => await DoOnceAsync(
                operation,
                call,
                new Idempotency(key, secretKey, request.Method, request.Path),
                handle
            ),
        };
    }

    private async Task<TossAnswer?> DoOnceAsync(
        Operation operation,
        TossCall call,
        Idempotency idempotency,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var isFirst = _running.TryAdd(idempotency, true);
        try
        {
            // Looked up only now, because a concurrent request stores its answer before it leaves _running.
            var earlier = await idempotency.FindAnswerAsync(ledger, clock.UtcNow);
            return earlier is not null ? earlier
                : isFirst ? await DoAsync(operation, call, idempotency, handle)
                : call.Error(TossErrors.IdempotentRequestProcessing);
        }
        finally
        {
            if (isFirst)
            {
                _running.TryRemove(idempotency, out _);
            }
        }
    }

    private async Task<TossAnswer?> DoAsync(
        Operation operation,
        TossCall call,
        Idempotency? idempotency,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var faults = await TakeFaultsAsync(operation, call);
        if (faults.Has(FaultKind.Conflict))
        {
            return call.Error(TossErrors.IdempotentRequestProcessing);
        }

        await WaitAsync(faults[FaultKind.Slow]);
        if (faults.Has(FaultKind.DropResponseBeforeApprove))
        {
            return null;
        }

        await expiry.ExpireDueAsync();
        var answer =
            operation == Operation.Lookup
                ? faults[FaultKind.ErrorOnce] is { } error
                    ? ErrorOf(error, call)
                    : await ledger.ReadAsync(database => handle(database, call))
                : await ledger.ChangeAsync(async database =>
                {
                    var done = faults[FaultKind.ErrorOnce] is { } instead
                        ? ErrorOf(instead, call)
                        : await handle(database, call);
                    if (faults[FaultKind.ErrorAfterApprove] is { } afterwards)
                    {
                        done = ErrorOf(afterwards, call);
                    }

                    idempotency?.Store(database, done, clock.UtcNow);
                    return done;
                });

        logger.LogInformation(
            "{Operation} of {PaymentKey} for {OrderId}: {Status}",
            operation,
            call.PaymentKey ?? call.Text("paymentKey"),
            call.OrderId ?? call.Text("orderId"),
            answer.Status
        );
        await WaitAsync(faults[FaultKind.SlowAfterApprove]);
        return faults.Has(FaultKind.DropResponseAfterApprove) ? null : answer;
    }

    /// <summary>A fault may name the order where the request names only the payment, or vice versa.</summary>
    private async Task<FaultPlan> TakeFaultsAsync(Operation operation, TossCall call)
    {
        if (!await ledger.ReadAsync(database => database.Faults.AnyAsync()))
        {
            return new FaultPlan(new Dictionary<FaultKind, Fault>());
        }

        return await ledger.ChangeAsync(async database =>
        {
            var paymentKey = call.PaymentKey ?? call.Text("paymentKey");
            var orderId = call.OrderId ?? call.Text("orderId");
            orderId ??= await database
                .Payments.Where(payment => payment.PaymentKey == paymentKey)
                .Select(payment => payment.OrderId)
                .SingleOrDefaultAsync();
            return await database.TakeFaultsAsync(operation, orderId, paymentKey, s_faults);
        });
    }

    private static TossAnswer ErrorOf(Fault fault, TossCall call) =>
        call.Error(TossErrors.Find(fault.Code ?? "") ?? TossErrors.FailedInternalSystemProcessing);

    private static Task WaitAsync(Fault? fault) =>
        fault is null ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(fault.Seconds));

    private static async Task<JsonElement?> ReadBodyAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType() || request.ContentLength > MaxBodySize)
        {
            return null;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool PrefersEnglish(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).FirstOrDefault()
            is { Value.Value: { } language }
        && language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}
