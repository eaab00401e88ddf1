using System.Text.Json;
using MsaShop.TossPayments.Clock;

namespace MsaShop.TossPayments.Payments;

/// <summary>Toss's Payment object, version 2022-11-16, with every field: null where it is not used.</summary>
internal static class PaymentObject
{
    private const string Version = "2022-11-16";

    /// <param name="address">The simulator's address, for links.</param>
    /// <param name="withSecret">Whether to include the secret: confirm answers and webhooks do.</param>
    public static object Of(Payment payment, string merchantId, string address, bool english, bool withSecret)
    {
        var vat = Vat(payment.BalanceAmount, payment.TaxFreeBalance);
        return new
        {
            mId = merchantId,
            version = Version,
            paymentKey = payment.PaymentKey,
            lastTransactionKey = payment.LastTransactionKey,
            type = "NORMAL",
            orderId = payment.OrderId,
            orderName = payment.OrderName,
            currency = "KRW",
            method = payment.Card is null ? null : Method(english),
            totalAmount = payment.TotalAmount,
            balanceAmount = payment.BalanceAmount,
            // As measured at Toss: these are based on the balance left after refunds.
            suppliedAmount = payment.BalanceAmount - payment.TaxFreeBalance - vat,
            vat,
            taxFreeAmount = payment.TaxFreeBalance,
            taxExemptionAmount = 0,
            status = Word(payment.Status),
            requestedAt = SimulatorClock.Format(payment.RequestedAt),
            approvedAt = payment.ApprovedAt is { } at ? SimulatorClock.Format(at) : null,
            useEscrow = payment.UseEscrow,
            cultureExpense = false,
            isPartialCancelable = payment.IsPartialCancelable,
            card = payment.Card is { } card ? Card(payment, card, english) : null,
            virtualAccount = (object?)null,
            transfer = (object?)null,
            mobilePhone = (object?)null,
            giftCertificate = (object?)null,
            easyPay = (object?)null,
            foreignEasyPay = (object?)null,
            cashReceipt = (object?)null,
            cashReceipts = (object?)null,
            discount = (object?)null,
            cancels = payment.Cancels.Count == 0 ? null : payment.Cancels.OrderBy(cancel => cancel.Id).Select(Cancel),
            secret = withSecret ? payment.Secret : null,
            country = "KR",
            failure = payment.FailureCode is { } code
                ? new { code, message = TossErrors.Find(code)?.Message(english) ?? code }
                : null,
            receipt = payment.IsPaid ? new { url = $"{address}/sim/checkout/{payment.PaymentKey}" } : null,
            checkout = new { url = $"{address}/sim/checkout/{payment.PaymentKey}" },
            metadata = payment.Metadata is null ? (JsonElement?)null : JsonDocument.Parse(payment.Metadata).RootElement,
        };
    }

    public static string Word(PaymentStatus status) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString());

    public static string Method(bool english) => english ? "Card" : "카드";

    /// <summary>10% on top of the net price, so an eleventh of the gross price, rounded half up.</summary>
    private static long Vat(long amount, long taxFree) =>
        (long)Math.Round((amount - taxFree) / 11m, MidpointRounding.AwayFromZero);

    private static object Card(Payment payment, PaymentCard card, bool english) =>
        new
        {
            amount = payment.TotalAmount,
            issuerCode = card.IssuerCode,
            acquirerCode = card.AcquirerCode,
            number = card.Number,
            installmentPlanMonths = card.InstallmentPlanMonths,
            approveNo = card.ApproveNo ?? "",
            useCardPoint = false,
            cardType = (card.CardType, english) switch
            {
                ("체크", true) => "Debit",
                (_, true) => "Credit",
                _ => card.CardType,
            },
            ownerType = english ? "Individual" : "개인",
            acquireStatus = payment.Status == PaymentStatus.Canceled ? "CANCELED" : "READY",
            isInterestFree = false,
            interestPayer = (string?)null,
        };

    private static object Cancel(PaymentCancel cancel) =>
        new
        {
            transactionKey = cancel.TransactionKey,
            cancelReason = cancel.CancelReason,
            cancelAmount = cancel.CancelAmount,
            taxFreeAmount = cancel.TaxFreeAmount,
            taxExemptionAmount = 0,
            refundableAmount = cancel.RefundableAmount,
            cardDiscountAmount = 0,
            transferDiscountAmount = 0,
            easyPayDiscountAmount = 0,
            canceledAt = SimulatorClock.Format(cancel.CanceledAt),
            receiptKey = (string?)null,
            cancelStatus = "DONE",
            cancelRequestId = (string?)null,
        };
}
