using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.TossPayments.Api;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Settings;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Payments;

/// <summary>The operations of the server API, each within one transaction.</summary>
internal sealed partial class PaymentOperations(
    IOptions<SimulatorOptions> options,
    SimulatorClock clock,
    WebhookOutbox webhooks
)
{
    private const int MaxKeyLength = 200;
    private const int MaxReasonLength = 200;

    /// <summary>Charges the card.</summary>
    public async Task<TossAnswer> ConfirmAsync(LedgerDbContext database, TossCall call)
    {
        if (
            call.Text("paymentKey") is not { Length: > 0 and <= MaxKeyLength } paymentKey
            || call.Text("orderId") is not { } orderId
            || !OrderIdPattern().IsMatch(orderId)
            || call.Won("amount") is not { } amount
            || amount <= 0
        )
        {
            return call.Error(TossErrors.InvalidRequest);
        }

        var payment = await FindAsync(database, paymentKey);
        if (
            payment is null
            || payment.Status is PaymentStatus.Ready or PaymentStatus.Expired
            || payment.ExpiresAt <= clock.UtcNow
        )
        {
            return call.Error(TossErrors.NotFoundPaymentSession);
        }

        if (payment.KeyPair != call.KeyPair)
        {
            return call.Error(TossErrors.InvalidApiKey);
        }

        if (payment.OrderId != orderId || payment.TotalAmount != amount)
        {
            return call.Error(TossErrors.InvalidRequest);
        }

        if (payment.Status != PaymentStatus.InProgress)
        {
            return call.Error(TossErrors.AlreadyProcessedPayment);
        }

        if (payment.RefuseWith is { } refusal && TossErrors.Find(refusal) is { } error)
        {
            payment.Abort(refusal);
            await webhooks.AddAsync(database, payment);
            return call.Error(error);
        }

        payment.Approve(clock.UtcNow);
        await webhooks.AddAsync(database, payment);
        return Answer(call, payment, withSecret: true);
    }

    /// <summary>Refunds the balance, or part of it.</summary>
    public async Task<TossAnswer> CancelAsync(LedgerDbContext database, TossCall call)
    {
        if (
            call.Text("cancelReason") is not { } reason
            || string.IsNullOrWhiteSpace(reason)
            || reason.Length > MaxReasonLength
            || !call.IsWonOrAbsent("cancelAmount", minimum: 1)
            || !call.IsWonOrAbsent("taxFreeAmount", minimum: 0)
            || !call.IsWonOrAbsent("refundableAmount", minimum: 0)
            || call.Text("currency") is not (null or "KRW")
        )
        {
            return call.Error(TossErrors.InvalidRequest);
        }

        var payment = await FindAsync(database, call.PaymentKey!);
        if (payment is null)
        {
            return call.Error(TossErrors.NotFoundPayment);
        }

        if (payment.KeyPair != call.KeyPair)
        {
            return call.Error(TossErrors.InvalidApiKey);
        }

        if (payment.Status == PaymentStatus.Canceled)
        {
            return call.Error(TossErrors.AlreadyCanceledPayment);
        }

        if (!payment.IsPaid)
        {
            return call.Error(TossErrors.NotCancelablePayment);
        }

        if (call.Won("refundableAmount") is { } refundable && refundable != payment.BalanceAmount)
        {
            return call.Error(TossErrors.NotMatchesRefundableAmount);
        }

        var amount = call.Won("cancelAmount") ?? payment.BalanceAmount;
        var taxFree = call.Won("taxFreeAmount") ?? (amount == payment.BalanceAmount ? payment.TaxFreeBalance : 0);
        if (amount > payment.BalanceAmount || taxFree > amount || taxFree > payment.TaxFreeBalance)
        {
            return call.Error(TossErrors.NotCancelableAmount);
        }

        if (!payment.IsPartialCancelable && amount < payment.BalanceAmount)
        {
            return call.Error(TossErrors.NotAllowedPartialRefund);
        }

        payment.Cancel(amount, taxFree, reason, clock.UtcNow);
        await database.SaveChangesAsync();
        await webhooks.AddAsync(database, payment);
        return Answer(call, payment, withSecret: false);
    }

    public async Task<TossAnswer> GetAsync(LedgerDbContext database, TossCall call) =>
        await FindAsync(database, call.PaymentKey!) is { } payment
            ? Answer(call, payment, withSecret: false)
            : call.Error(TossErrors.NotFoundPayment);

    /// <summary>Finds an order's payment: the paid one, or else the latest.</summary>
    public async Task<TossAnswer> GetByOrderAsync(LedgerDbContext database, TossCall call)
    {
        var payments = await database
            .Payments.Include(payment => payment.Cancels)
            .Where(payment => payment.OrderId == call.OrderId)
            .OrderByDescending(payment => payment.ApprovedAt != null)
            .ThenByDescending(payment => payment.Id)
            .Take(1)
            .ToListAsync();
        return payments is [var found]
            ? Answer(call, found, withSecret: false)
            : call.Error(TossErrors.NotFoundPayment);
    }

    /// <summary>Lists every movement of money in a period, oldest first.</summary>
    public async Task<TossAnswer> TransactionsAsync(LedgerDbContext database, TossCall call)
    {
        if (!TransactionQuery.TryParse(call.Query, out var query))
        {
            return call.Error(TossErrors.InvalidRequest);
        }

        var payments = await database
            .Payments.Include(payment => payment.Cancels)
            .Where(payment => payment.ApprovedAt != null)
            .ToListAsync();
        return query.Page(payments, options.Value.MerchantId, call.English) is { } page
            ? new TossAnswer(StatusCodes.Status200OK, TossJson.Write(page))
            : call.Error(TossErrors.InvalidTransactionKey);
    }

    private TossAnswer Answer(TossCall call, Payment payment, bool withSecret) =>
        new(
            StatusCodes.Status200OK,
            TossJson.Write(PaymentObject.Of(payment, options.Value.MerchantId, call.Address, call.English, withSecret))
        );

    private static Task<Payment?> FindAsync(LedgerDbContext database, string paymentKey) =>
        database
            .Payments.Include(payment => payment.Cancels)
            .SingleOrDefaultAsync(payment => payment.PaymentKey == paymentKey);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{6,64}\z")]
    private static partial Regex OrderIdPattern();
}
