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
/// What every request to the server API goes through: trace id, key, test code, idempotency, body, faults, and then the
/// operation in one transaction with its stored answer.
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

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">What it asks for.</param>
    /// <param name="handle">Does it.</param>
    public async Task HandleAsync(
        HttpContext context,
        Operation operation,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var request = context.Request;
        context.Response.Headers[TraceIdHeader] = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
        var english = PrefersEnglish(request);

        var (secretKey, keyPair, keyError) = BasicAuthentication.Read(request, keys);
        if (keyError is not null)
        {
            await WriteAsync(context, Errors.Answer(keyError, english));
            return;
        }

        if (request.Headers[TestCodeHeader].ToString() is { Length: > 0 } code)
        {
            await WriteAsync(context, Errors.Answer(TossErrors.Find(code) ?? TossErrors.InvalidRequest, english));
            return;
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
            await AnswerAsync(context, operation, call, idempotency: null, handle);
            return;
        }

        if (await ReadBodyAsync(request) is not { } body)
        {
            await WriteAsync(context, call.Error(TossErrors.InvalidRequest));
            return;
        }

        call = call with { Body = body };
        var key = request.Headers[IdempotencyKeyHeader].ToString();
        if (key.Length > Idempotency.MaxKeyLength)
        {
            await WriteAsync(context, call.Error(TossErrors.InvalidIdempotencyKey));
        }
        else if (key.Length == 0)
        {
            await AnswerAsync(context, operation, call, idempotency: null, handle);
        }
        else
        {
            await AnswerOnceAsync(
                context,
                operation,
                call,
                new Idempotency(key, secretKey, request.Method, request.Path),
                handle
            );
        }
    }

    private async Task AnswerOnceAsync(
        HttpContext context,
        Operation operation,
        TossCall call,
        Idempotency idempotency,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var earlier = await idempotency.BeginAsync(ledger, clock);
        if (earlier is not null)
        {
            await WriteAsync(
                context,
                earlier.Status is { } status
                    ? new TossAnswer(status, earlier.Body!)
                    : call.Error(TossErrors.IdempotentRequestProcessing)
            );
            return;
        }

        try
        {
            await AnswerAsync(context, operation, call, idempotency, handle);
        }
        finally
        {
            // It is still there only where no answer came about.
            await idempotency.ForgetAsync(ledger);
        }
    }

    private async Task AnswerAsync(
        HttpContext context,
        Operation operation,
        TossCall call,
        Idempotency? idempotency,
        Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle
    )
    {
        var faults = await TakeFaultsAsync(operation, call);
        if (faults.Has(FaultKind.Conflict))
        {
            await WriteAsync(context, call.Error(TossErrors.IdempotentRequestProcessing));
            return;
        }

        await WaitAsync(faults[FaultKind.Slow]);
        if (faults.Has(FaultKind.DropResponseBeforeApprove))
        {
            context.Abort();
            return;
        }

        await expiry.ExpireDueAsync();
        var answer =
            operation == Operation.Lookup && !faults.Has(FaultKind.ErrorOnce)
                ? await ledger.ReadAsync(database => handle(database, call))
                : await ledger.ChangeAsync(async database =>
                {
                    var done = faults[FaultKind.ErrorOnce] is { } instead
                        ? ErrorOf(instead, call)
                        : await handle(database, call);
                    if (faults[FaultKind.ErrorAfterApprove] is { } afterwards)
                    {
                        done = ErrorOf(afterwards, call);
                    }

                    if (idempotency is not null)
                    {
                        await idempotency.CompleteAsync(database, done);
                    }

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
        if (faults.Has(FaultKind.DropResponseAfterApprove))
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, answer);
    }

    /// <summary>A fault may name the order where the request names only the payment, and the other way round.</summary>
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

    /// <summary>The caller may have gone; then nobody is told.</summary>
    private static async Task WriteAsync(HttpContext context, TossAnswer answer)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
