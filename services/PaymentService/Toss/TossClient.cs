using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MsaShop.PaymentService.Toss;

/// <summary>
/// Toss Payments' API. Nothing here is retried: the caller decides whether asking again is safe, and with which
/// idempotency key.
/// </summary>
public sealed class TossClient(
    HttpClient http,
    IOptions<TossOptions> options,
    PaymentMetrics metrics,
    ILogger<TossClient> logger
)
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";
    private const string TraceIdHeader = "X-TossPayments-Trace-Id";

    private static readonly TimeSpan s_seoulOffset = TimeSpan.FromHours(9);

    /// <param name="amount">In won.</param>
    /// <param name="idempotencyKey">Under the same key Toss does it once, and repeats its first answer.</param>
    /// <param name="cancellationToken">Stops waiting; the outcome is unknown then.</param>
    public Task<TossAnswer> ConfirmAsync(
        string paymentKey,
        string orderNumber,
        decimal amount,
        string idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            Post("/v1/payments/confirm", new ConfirmBody(paymentKey, orderNumber, (long)amount), idempotencyKey),
            options.Value.ConfirmTimeout,
            TossCodes.IsConfirmRefused,
            cancellationToken
        );

    public Task<TossAnswer> FindAsync(string paymentKey, CancellationToken cancellationToken) =>
        // A lookup that is refused tells nothing about the payment.
        AskAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/v1/payments/{Uri.EscapeDataString(paymentKey)}"),
            options.Value.LookupTimeout,
            isRefused: null,
            cancellationToken
        );

    /// <param name="amount">In won.</param>
    /// <param name="refundable">How much the shop thinks is left, in won; Toss refuses if that is wrong.</param>
    /// <param name="reason">At most 200 characters.</param>
    /// <param name="idempotencyKey">Under the same key Toss does it once, and repeats its first answer.</param>
    /// <param name="cancellationToken">Stops waiting; the outcome is unknown then.</param>
    public Task<TossAnswer> CancelAsync(
        string paymentKey,
        decimal amount,
        decimal refundable,
        string reason,
        string idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            Post(
                $"/v1/payments/{Uri.EscapeDataString(paymentKey)}/cancel",
                new CancelBody(reason, (long)amount, (long)refundable),
                idempotencyKey
            ),
            options.Value.ConfirmTimeout,
            TossCodes.IsCancelRefused,
            cancellationToken
        );

    /// <summary>A page of Toss's ledger, oldest first.</summary>
    /// <param name="after">The last transaction of the page before.</param>
    /// <exception cref="HttpRequestException">Toss does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<TossTransaction>> ListTransactionsAsync(
        DateTime from,
        DateTime to,
        string? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var path =
            $"/v1/transactions?startDate={InSeoul(from)}&endDate={InSeoul(to)}&limit={limit}"
            + (after is null ? "" : $"&startingAfter={Uri.EscapeDataString(after)}");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.LookupTimeout);
        try
        {
            using var response = await http.GetAsync(path, deadline.Token);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<List<TossTransaction>>(ShopJson.Options, deadline.Token)
                ?? throw new HttpRequestException("Toss answered with nothing.");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("Toss did not answer in time.", exception);
        }
    }

    private static string InSeoul(DateTime time) =>
        Uri.EscapeDataString(
            new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
                .ToOffset(s_seoulOffset)
                .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        );

    private static HttpRequestMessage Post<TBody>(string path, TBody body, string idempotencyKey) =>
        new(HttpMethod.Post, path)
        {
            Headers = { { IdempotencyKeyHeader, idempotencyKey } },
            Content = JsonContent.Create(body, options: ShopJson.Options),
        };

    private async Task<TossAnswer> AskAsync(
        HttpRequestMessage request,
        TimeSpan timeout,
        Func<string, bool>? isRefused,
        CancellationToken cancellationToken
    )
    {
        using (request)
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            deadline.CancelAfter(timeout);
            TossAnswer answer;
            string? traceId = null;
            try
            {
                using var response = await http.SendAsync(request, deadline.Token);
                traceId = response.Headers.TryGetValues(TraceIdHeader, out var values) ? values.First() : null;
                answer = await ReadAsync(response, isRefused, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                answer = new TossAnswer.Unknown($"no answer within {timeout.TotalSeconds:0.###} s", WasAnswered: false);
            }
            catch (HttpRequestException exception)
            {
                answer = new TossAnswer.Unknown($"no answer: {exception.Message}", WasAnswered: false);
            }

            Log(request.Method, answer, traceId);
            return answer;
        }
    }

    private async Task<TossAnswer> ReadAsync(
        HttpResponseMessage response,
        Func<string, bool>? isRefused,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (response.IsSuccessStatusCode)
            {
                return
                    await response.Content.ReadFromJsonAsync<TossPayment>(ShopJson.Options, cancellationToken)
                        is { } payment
                    ? new TossAnswer.Success(payment)
                    : new TossAnswer.Unknown("an empty answer", WasAnswered: true);
            }

            // Decided by the code alone: the same code comes with different statuses.
            var failure = await response.Content.ReadFromJsonAsync<TossFailure>(ShopJson.Options, cancellationToken);
            if (failure?.Code is { } own && TossCodes.IsShopAtFault(own))
            {
                logger.LogError("Toss serves this shop as it is set up no more: {TossCode}. Mend it", own);
                metrics.ShopAtFault(own);
            }

            return failure switch
            {
                { Code: TossCodes.IdempotentRequestProcessing } => new TossAnswer.Unknown(
                    TossCodes.IdempotentRequestProcessing,
                    WasAnswered: false
                ),
                { Code: { } code } when TossCodes.IsNotFound(code) => new TossAnswer.NotFound(failure),
                { Code: { } code } when isRefused is not null && TossCodes.IsShopAtFault(code) =>
                    new TossAnswer.ShopAtFault(failure),
                { Code: { } code } when isRefused?.Invoke(code) == true => new TossAnswer.Refused(failure),
                _ => new TossAnswer.Unknown(
                    $"{(int)response.StatusCode} {failure?.Code ?? "without a code"}",
                    WasAnswered: true
                ),
            };
        }
        catch (JsonException)
        {
            return new TossAnswer.Unknown(
                $"{(int)response.StatusCode} with a body that cannot be read",
                WasAnswered: true
            );
        }
    }

    private void Log(HttpMethod method, TossAnswer answer, string? traceId)
    {
        Activity.Current?.SetTag("toss.trace_id", traceId);
        if (answer is TossAnswer.Success(var payment))
        {
            logger.LogInformation(
                "Toss {Method}: order {OrderNumber} is {TossStatus} (Toss trace {TossTraceId})",
                method,
                payment.OrderId,
                payment.Status,
                traceId
            );
            return;
        }

        var (level, outcome, why) = answer switch
        {
            TossAnswer.Refused({ Code: var code }) => (LogLevel.Information, "refused", code),
            TossAnswer.ShopAtFault({ Code: var code }) => (LogLevel.Warning, "not for this shop", code),
            TossAnswer.NotFound({ Code: var code }) => (LogLevel.Information, "not there", code),
            TossAnswer.Unknown(var reason, _) => (LogLevel.Warning, "outcome unknown", reason),
            _ => throw new InvalidOperationException($"An answer of an unknown kind: {answer.GetType().Name}."),
        };
        logger.Log(level, "Toss {Method}: {Outcome}, {Why} (Toss trace {TossTraceId})", method, outcome, why, traceId);
    }

    private sealed record ConfirmBody(string PaymentKey, string OrderId, long Amount);

    private sealed record CancelBody(string CancelReason, long CancelAmount, long RefundableAmount);
}
