using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Checkout;

public sealed record Amount(string Currency, decimal Value);

/// <summary>Opens a payment: sent by the browser's script for <c>requestPayment</c>, and by tests.</summary>
/// <param name="OrderId">The shop's order number.</param>
/// <param name="Method">Only <c>CARD</c> is supported.</param>
/// <param name="CustomerKey">The shop's id of the buyer.</param>
/// <param name="SuccessUrl">Where the buyer goes after success; absent in Promise style.</param>
/// <param name="FailUrl">Where the buyer goes after a failure; absent in Promise style.</param>
/// <param name="EmbeddedBy">The origin of the page that frames the window; absent if the window is the page.</param>
/// <param name="TaxFreeAmount">The tax-free part of the amount.</param>
/// <param name="Metadata">The shop's own key-value pairs.</param>
/// <param name="PartialCancelable">Whether partial refunds are allowed.</param>
/// <param name="RefuseWith">For tests: the error code with which the confirm will be refused.</param>
/// <param name="Authorize">For tests: whether the buyer has already paid in the window.</param>
public sealed record NewPayment(
    [Required] string? ClientKey,
    [Required, RegularExpression(@"^[A-Za-z0-9_-]{6,64}$")] string? OrderId,
    [Required, StringLength(100, MinimumLength = 1)] string? OrderName,
    [Required] Amount? Amount,
    string Method = "CARD",
    [RegularExpression(@"^[A-Za-z0-9\-_=.@]{2,50}$")] string? CustomerKey = null,
    [Url, StringLength(2000)] string? SuccessUrl = null,
    [Url, StringLength(2000)] string? FailUrl = null,
    string? EmbeddedBy = null,
    string? Language = null,
    [Range(0, long.MaxValue)] long TaxFreeAmount = 0,
    bool UseEscrow = false,
    Dictionary<string, string>? Metadata = null,
    bool PartialCancelable = true,
    string? RefuseWith = null,
    bool Authorize = false
);

public sealed record OpenedPayment(string PaymentKey, string OrderId, PaymentStatus Status, Uri CheckoutUrl);

/// <summary><c>POST /sim/payments</c>.</summary>
internal static class NewPayments
{
    private const long MinimumAmount = 100;
    private const int MaxMetadata = 5;

    public static async Task<Results<Created<OpenedPayment>, ProblemHttpResult, ValidationProblem>> OpenAsync(
        NewPayment request,
        HttpRequest http,
        KeyRing keys,
        LedgerStore ledger,
        SimulatorClock clock,
        IOptions<SimulatorOptions> options
    )
    {
        if (keys.OfClientKey(request.ClientKey) is not { } keyPair)
        {
            return Problem(TossErrors.UnauthorizedKey);
        }

        if (Check(request) is { } invalid)
        {
            return invalid;
        }

        var amount = (long)request.Amount!.Value;
        if (amount < MinimumAmount)
        {
            return Problem(TossErrors.BelowMinimumAmount);
        }

        var now = clock.UtcNow;
        var payment = new Payment
        {
            PaymentKey = Payment.NewPaymentKey(options.Value.MerchantId, now),
            KeyPair = keyPair,
            OrderId = request.OrderId!,
            OrderName = request.OrderName!,
            CustomerKey = request.CustomerKey,
            TotalAmount = amount,
            BalanceAmount = amount,
            TaxFreeAmount = request.TaxFreeAmount,
            TaxFreeBalance = request.TaxFreeAmount,
            IsPartialCancelable = request.PartialCancelable,
            UseEscrow = request.UseEscrow,
            Metadata = request.Metadata is { Count: > 0 } metadata ? JsonSerializer.Serialize(metadata) : null,
            SuccessUrl = request.SuccessUrl,
            FailUrl = request.FailUrl,
            EmbeddedBy = request.EmbeddedBy,
            Language = request.Language,
            RequestedAt = now,
            ExpiresAt = now + Payment.WindowLifetime,
            RefuseWith = request.RefuseWith,
        };
        if (request.Authorize)
        {
            payment.Authenticate(TestCards.All[0].Use(installmentPlanMonths: 0), now);
        }

        await ledger.ChangeAsync(database => database.Payments.AddAsync(payment).AsTask());

        var window = new Uri($"{http.Scheme}://{http.Host}/sim/checkout/{payment.PaymentKey}");
        return TypedResults.Created(
            window,
            new OpenedPayment(payment.PaymentKey, payment.OrderId, payment.Status, window)
        );
    }

    private static ValidationProblem? Check(NewPayment request)
    {
        if (request.Method != "CARD")
        {
            return Problems.Invalid(nameof(request.Method), "The simulator knows only CARD.");
        }

        if (request.Amount!.Currency != "KRW")
        {
            return Problems.Invalid(nameof(request.Amount), "The currency must be KRW.");
        }

        if (!decimal.IsInteger(request.Amount.Value) || request.Amount.Value is <= 0 or > 1_000_000_000_000)
        {
            return Problems.Invalid(nameof(request.Amount), "The value must be a whole number of won, greater than 0.");
        }

        if (request.TaxFreeAmount > request.Amount.Value)
        {
            return Problems.Invalid(nameof(request.TaxFreeAmount), "The part without tax exceeds the amount.");
        }

        if (request.RefuseWith is not null && TossErrors.Find(request.RefuseWith) is null)
        {
            return Problems.Invalid(nameof(request.RefuseWith), "Toss has no such error code.");
        }

        return
            request.Metadata is { } metadata
            && (
                metadata.Count > MaxMetadata
                || metadata.Any(pair =>
                    pair.Key.Length is 0 or > 40 || pair.Key.AsSpan().ContainsAny('[', ']') || pair.Value.Length > 2000
                )
            )
            ? Problems.Invalid(
                nameof(request.Metadata),
                "At most 5 pairs: keys of 1 to 40 characters without brackets, values of at most 2000."
            )
            : null;
    }

    private static ProblemHttpResult Problem(TossError error) =>
        TypedResults.Problem(
            statusCode: error.Status,
            detail: error.Korean,
            extensions: new Dictionary<string, object?> { [Problems.CodeMember] = error.Code }
        );
}
