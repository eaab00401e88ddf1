using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>Judges cases one by one, and keeps the sums and the differences, up to a limit.</summary>
internal sealed class ReconciliationLedger(DateTime from, DateTime to, DateTime checkedAt, TimeSpan grace)
{
    private const int MaxListed = 1000;

    private readonly List<Difference> _differences = [];
    private readonly List<Difference> _settling = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A case that is seen from two sides is listed once.</summary>
    private readonly HashSet<(DifferenceKind, string)> _listed = [];

    private OrderTotals _orders = new(0, 0, 0);
    private MoneyTotals _payments = new(0, 0, 0);
    private MoneyTotals _toss = new(0, 0, 0);

    public DateTime From => from;
    public DateTime To => to;

    public ReconciliationReport ToReport() =>
        new(
            from,
            to,
            checkedAt,
            (long)grace.TotalSeconds,
            _orders,
            _payments,
            _toss,
            _differences,
            _settling,
            _counts,
            IsTruncated: _counts.Values.Sum() > _differences.Count || _settling.Count == MaxListed
        );

    /// <summary>Adds the case to the sums, and lists how its sides differ.</summary>
    public void Compare(Case c)
    {
        Sum(c);
        foreach (var kind in FindKinds(c))
        {
            Add(kind, c);
        }
    }

    /// <param name="movedAt">When money moved, where that is known.</param>
    public void Add(DifferenceKind kind, Case c, DateTime? movedAt = null)
    {
        var number = c.Order?.OrderNumber ?? c.Payment?.OrderNumber ?? c.Toss?.OrderId ?? "";
        if (!_listed.Add((kind, c.Toss?.PaymentKey ?? number)))
        {
            return;
        }

        var since = GetSince(kind, c, movedAt);
        var difference = new Difference(
            kind,
            number,
            since,
            c.Order is { } order
                ? new OrderSide(order.Id, order.Status, (long)order.TotalPrice) { ByHand = order.ByHand }
                : null,
            c.Payment is { } payment
                ? new PaymentSide(
                    payment.Id,
                    payment.Method,
                    payment.Status,
                    (long)payment.Amount,
                    (long)payment.RefundedAmount
                )
                : null,
            c.Toss is { } toss
                ? new TossSide(
                    toss.PaymentKey,
                    toss.Status,
                    (long)toss.TotalAmount,
                    (long)(toss.TotalAmount - toss.BalanceAmount)
                )
                : null
        );
        var waitsForUndo = kind is DifferenceKind.PaidNotConfirmed or DifferenceKind.PaidButCancelled && IsUndoable(c);
        if (checkedAt - since < grace || waitsForUndo)
        {
            Keep(_settling, difference);
        }
        else
        {
            _counts[kind.ToWord()] = _counts.GetValueOrDefault(kind.ToWord()) + 1;
            Keep(_differences, difference);
        }
    }

    /// <summary>order-svc is not told of the money while the deposit can be undone.</summary>
    private bool IsUndoable(Case c) => c.Payment?.UndoUntil > checkedAt;

    private static void Keep(List<Difference> list, Difference difference)
    {
        if (list.Count < MaxListed)
        {
            list.Add(difference);
        }
    }

    private void Sum(Case c)
    {
        if (c.Order is { } order)
        {
            _orders = new OrderTotals(
                _orders.Count + 1,
                _orders.Paid + (order.IsPaid ? 1 : 0),
                _orders.PaidAmount + (order.IsPaid ? (long)order.TotalPrice : 0)
            );
        }

        if (c.Payment is { } payment && HasCome(payment))
        {
            _payments = Add(_payments, payment.Amount, payment.RefundedAmount);
        }

        if (c.Toss is { IsCharged: true } toss)
        {
            _toss = Add(_toss, toss.TotalAmount, toss.TotalAmount - toss.BalanceAmount);
        }
    }

    private static MoneyTotals Add(MoneyTotals totals, decimal amount, decimal refunded) =>
        new(totals.Count + 1, totals.Amount + (long)amount, totals.RefundedAmount + (long)refunded);

    private static bool HasCome(Payment payment) => payment.Status is PaymentStatus.Completed or PaymentStatus.Refunded;

    private static IEnumerable<DifferenceKind> FindKinds(Case c) =>
        FindWithOrder(c).Concat(FindUnsettled(c)).Concat(FindWithToss(c));

    private static IEnumerable<DifferenceKind> FindWithOrder(Case c)
    {
        var (order, payment) = (c.Order, c.Payment);
        if (order is null)
        {
            yield return DifferenceKind.PaymentWithoutOrder;
            yield break;
        }

        if (order.IsPaid && (payment is null || !HasCome(payment)))
        {
            yield return order.ByHand is null ? DifferenceKind.OrderWithoutPayment : DifferenceKind.ConfirmedByHand;
        }

        if (
            order is { Held: true, Status: OrderStatus.Pending }
            && c.Attempt is null
            && payment?.Status != PaymentStatus.Completed
        )
        {
            yield return DifferenceKind.HeldWithoutAttempt;
        }

        if (payment is null or { Status: PaymentStatus.Failed })
        {
            yield break;
        }

        if (payment.Amount != order.TotalPrice)
        {
            yield return DifferenceKind.AmountDiffers;
        }

        switch (payment.Status, order.Status)
        {
            case (PaymentStatus.Completed, OrderStatus.Pending):
                yield return DifferenceKind.PaidNotConfirmed;
                break;
            case (PaymentStatus.Completed, OrderStatus.Cancelled):
                yield return DifferenceKind.PaidButCancelled;
                break;
            case (PaymentStatus.Refunded, OrderStatus.Pending or OrderStatus.Confirmed):
                yield return DifferenceKind.RefundedNotCancelled;
                break;
            case (PaymentStatus.Pending, OrderStatus.Cancelled) when payment.Method == PaymentMethod.BankTransfer:
                yield return DifferenceKind.PaymentUnsettled;
                break;
        }
    }

    private static IEnumerable<DifferenceKind> FindUnsettled(Case c)
    {
        if (c.Attempt is not null)
        {
            yield return DifferenceKind.PaymentUnsettled;
        }

        if (c.Payment?.Refunds.Exists(refund => refund.Status == RefundStatus.Pending) == true)
        {
            yield return DifferenceKind.RefundUnsettled;
        }
    }

    private static IEnumerable<DifferenceKind> FindWithToss(Case c)
    {
        if (!c.IsTossKnown || c.Payment is not { } payment)
        {
            yield break;
        }

        if (c.Toss is not { IsCharged: true } toss)
        {
            if (HasCome(payment))
            {
                yield return DifferenceKind.PaymentWithoutCharge;
            }

            yield break;
        }

        if (!HasCome(payment))
        {
            yield return DifferenceKind.ChargeWithoutPayment;
            yield break;
        }

        if (toss.TotalAmount != payment.Amount)
        {
            yield return DifferenceKind.ChargedAmountDiffers;
        }

        var byHand = payment.Refunds.Where(refund => refund.SettledBy is not null).Sum(refund => refund.Amount);
        if (toss.TotalAmount - toss.BalanceAmount != payment.RefundedAmount - byHand)
        {
            yield return DifferenceKind.RefundedAmountDiffers;
        }
        else if (byHand > 0)
        {
            yield return DifferenceKind.RefundedByHand;
        }
    }

    /// <summary>Since when it differs, at the latest: a recent change may be on its way to the other sides.</summary>
    private DateTime GetSince(DifferenceKind kind, Case c, DateTime? movedAt)
    {
        // Each retry changes the row, but makes the difference no younger.
        if (kind == DifferenceKind.RefundUnsettled)
        {
            return c.Payment!.Refunds.First(refund => refund.Status == RefundStatus.Pending).CreatedAt;
        }

        if (kind == DifferenceKind.PaymentUnsettled && c.Attempt is { } attempt)
        {
            return attempt.CreatedAt;
        }

        var times = new List<DateTime?>
        {
            movedAt,
            c.Order?.UpdatedAt ?? c.Order?.CreatedAt,
            c.Payment?.UpdatedAt,
            c.Payment?.UndoUntil,
        };
        if (IsWithToss(kind))
        {
            times.Add(c.Toss?.ApprovedAt?.UtcDateTime);
            times.Add(c.Toss?.Cancels?.Max(cancel => (DateTime?)cancel.CanceledAt.UtcDateTime));
        }

        // Toss's clock may differ.
        return times.Where(at => at <= checkedAt).Max() ?? checkedAt;
    }

    private static bool IsWithToss(DifferenceKind kind) =>
        kind
            is DifferenceKind.PaymentWithoutCharge
                or DifferenceKind.ChargeWithoutPayment
                or DifferenceKind.ChargedAmountDiffers
                or DifferenceKind.RefundedAmountDiffers;
}
