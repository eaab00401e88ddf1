using System.Globalization;
using MsaShop.TossPayments.Clock;

namespace MsaShop.TossPayments.Payments;

/// <summary>The query of <c>GET /v1/transactions</c>; its times are in Seoul's local time.</summary>
internal sealed record TransactionQuery(DateTime From, DateTime To, string? StartingAfter, int Limit)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 5000;

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];

    public static bool TryParse(IQueryCollection query, out TransactionQuery parsed)
    {
        parsed = null!;
        var limit = DefaultLimit;
        if (
            !TryParse(query["startDate"], out var from)
            || !TryParse(query["endDate"], out var to)
            || from > to
            || (
                query.TryGetValue("limit", out var text)
                && (
                    !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                    || limit is < 1 or > MaxLimit
                )
            )
        )
        {
            return false;
        }

        parsed = new TransactionQuery(from, to, query["startingAfter"], limit);
        return true;
    }

    /// <summary>The page of transactions, or null if <c>startingAfter</c> names none.</summary>
    public IReadOnlyList<object>? Page(IEnumerable<Payment> payments, string merchantId, bool english)
    {
        var all = payments
            .SelectMany(Transactions)
            .Where(transaction => From <= transaction.At && transaction.At <= To)
            .OrderBy(transaction => transaction.At)
            .ThenBy(transaction => transaction.Key, StringComparer.Ordinal)
            .ToList();
        var start = 0;
        if (!string.IsNullOrEmpty(StartingAfter))
        {
            start = all.FindIndex(transaction => transaction.Key == StartingAfter) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        return
        [
            .. all.Skip(start)
                .Take(Limit)
                .Select(transaction => new
                {
                    mId = merchantId,
                    transactionKey = transaction.Key,
                    paymentKey = transaction.Payment.PaymentKey,
                    orderId = transaction.Payment.OrderId,
                    method = PaymentObject.Method(english),
                    customerKey = transaction.Payment.CustomerKey,
                    useEscrow = transaction.Payment.UseEscrow,
                    receiptUrl = (string?)null,
                    status = PaymentObject.Word(transaction.Status),
                    transactionAt = SimulatorClock.Format(transaction.At),
                    currency = "KRW",
                    amount = transaction.Amount,
                }),
        ];
    }

    private static IEnumerable<Transaction> Transactions(Payment payment)
    {
        yield return new Transaction(
            payment,
            payment.ApprovalKey!,
            PaymentStatus.Done,
            payment.TotalAmount,
            payment.ApprovedAt!.Value
        );
        foreach (var cancel in payment.Cancels)
        {
            yield return new Transaction(
                payment,
                cancel.TransactionKey,
                cancel.RefundableAmount == 0 ? PaymentStatus.Canceled : PaymentStatus.PartialCanceled,
                -cancel.CancelAmount,
                cancel.CanceledAt
            );
        }
    }

    private static bool TryParse(string? text, out DateTime utc)
    {
        var parsed = DateTime.TryParseExact(
            text,
            s_formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var seoul
        );
        utc = parsed ? SimulatorClock.ToUtc(seoul) : default;
        return parsed;
    }

    private sealed record Transaction(Payment Payment, string Key, PaymentStatus Status, long Amount, DateTime At);
}
