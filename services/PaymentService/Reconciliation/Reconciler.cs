using System.Collections.Concurrent;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>
/// Compares orders, payments and Toss, page by page: first from the orders' side, then the payments that no such order
/// has, then from Toss's ledger. It changes nothing.
/// </summary>
internal sealed class Reconciler(PaymentDbContext database, OrderSnapshots orders, TossClient toss, TimeProvider time)
{
    private const int PageSize = 200;
    private const int LookupsAtOnce = 8;

    /// <exception cref="HttpRequestException">order-svc or Toss does not answer: then nothing can be said.</exception>
    public async Task<ReconciliationReport> RunAsync(
        DateTime from,
        DateTime to,
        TimeSpan grace,
        CancellationToken cancellationToken
    )
    {
        var ledger = new ReconciliationLedger(from, to, time.GetStorableNow(), grace);
        await CompareOrdersAsync(ledger, cancellationToken);
        await CompareTossAsync(ledger, cancellationToken);
        return ledger.ToReport();
    }

    /// <summary>
    /// Takes the orders by id, each page with the payments of the same ids. Payments that are left over have orders
    /// placed before the period, or none at all.
    /// </summary>
    private async Task CompareOrdersAsync(ReconciliationLedger ledger, CancellationToken cancellationToken)
    {
        var (first, last) = (0L, 0L);
        while (true)
        {
            var page = await orders.ListAsync(ledger.From, ledger.To, last, PageSize, cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            first = first == 0 ? page[0].Id : first;
            var (low, high) = (last == 0 ? page[0].Id : last + 1, page[^1].Id);
            var payments = await LoadAsync(
                database.Payments.Where(payment => payment.OrderId >= low && payment.OrderId <= high),
                cancellationToken
            );
            var byOrder = payments.ToDictionary(payment => payment.OrderId);
            var cases = page.Select(order => new Case(order, byOrder.GetValueOrDefault(order.Id))).ToList();
            var known = page.Select(order => order.Id).ToHashSet();
            foreach (var payment in payments.Where(payment => !known.Contains(payment.OrderId)))
            {
                cases.Add(new Case(await orders.FindAsync(payment.OrderId, cancellationToken), payment));
            }

            await CompareAsync(ledger, cases, cancellationToken);
            last = high;
        }

        await CompareRemainingAsync(ledger, first, last, cancellationToken);
    }

    private async Task CompareRemainingAsync(
        ReconciliationLedger ledger,
        long first,
        long last,
        CancellationToken cancellationToken
    )
    {
        // By time rather than by id alone, so that an index finds the period without reading what came before.
        var (since, after) = (ledger.From, 0L);
        while (true)
        {
            var payments = await LoadAsync(
                database
                    .Payments.Where(payment => payment.CreatedAt >= since && payment.CreatedAt < ledger.To)
                    .Where(payment => payment.CreatedAt > since || payment.Id > after)
                    .Where(payment => payment.OrderId < first || payment.OrderId > last)
                    .OrderBy(payment => payment.CreatedAt)
                    .ThenBy(payment => payment.Id)
                    .Take(PageSize),
                cancellationToken
            );
            if (payments.Count == 0)
            {
                return;
            }

            await CompareWithTheirOrdersAsync(ledger, payments, cancellationToken);
            (since, after) = (payments[^1].CreatedAt, payments[^1].Id);
        }
    }

    /// <summary>What Toss has moved, perhaps without the shop's knowledge.</summary>
    private async Task CompareTossAsync(ReconciliationLedger ledger, CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            // Toss takes whole seconds.
            var page = await toss.ListTransactionsAsync(
                ledger.From,
                ledger.To.AddSeconds(1),
                after,
                PageSize,
                cancellationToken
            );
            if (page.Count == 0)
            {
                return;
            }

            var keys = page.Select(transaction => transaction.PaymentKey).Distinct().ToList();
            var payments = await LoadAsync(
                database.Payments.Where(payment => keys.Contains(payment.PaymentKey!)),
                cancellationToken
            );
            var taken = payments
                .Where(payment => payment.Status is PaymentStatus.Completed or PaymentStatus.Refunded)
                .Select(payment => payment.PaymentKey!)
                .ToHashSet();
            foreach (var transaction in page.Where(transaction => !taken.Contains(transaction.PaymentKey)))
            {
                await CompareUntakenAsync(ledger, transaction, cancellationToken);
            }

            // Refunds of orders placed before the period.
            await CompareWithTheirOrdersAsync(
                ledger,
                [.. payments.Where(payment => taken.Contains(payment.PaymentKey!) && payment.CreatedAt < ledger.From)],
                cancellationToken
            );
            after = page[^1].TransactionKey;
        }
    }

    private async Task CompareUntakenAsync(
        ReconciliationLedger ledger,
        TossTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var told = await LookUpAsync(transaction.PaymentKey, cancellationToken);
        if (told is not { IsCharged: true })
        {
            return;
        }

        var payment = (
            await LoadAsync(
                database.Payments.Where(payment => payment.OrderNumber == transaction.OrderId),
                cancellationToken
            )
        ).SingleOrDefault();
        var order = payment is null ? null : await orders.FindAsync(payment.OrderId, cancellationToken);
        ledger.Add(
            DifferenceKind.ChargeWithoutPayment,
            new Case(order, payment) { Toss = told, IsTossKnown = true },
            transaction.TransactionAt.UtcDateTime
        );
    }

    private async Task CompareWithTheirOrdersAsync(
        ReconciliationLedger ledger,
        List<Payment> payments,
        CancellationToken cancellationToken
    )
    {
        var cases = new List<Case>();
        foreach (var payment in payments)
        {
            cases.Add(new Case(await orders.FindAsync(payment.OrderId, cancellationToken), payment));
        }

        await CompareAsync(ledger, cases, cancellationToken);
    }

    private async Task CompareAsync(ReconciliationLedger ledger, List<Case> cases, CancellationToken cancellationToken)
    {
        var pending = cases
            .Where(c => c.Payment is { Status: PaymentStatus.Pending, Method: PaymentMethod.Card })
            .Select(c => c.Payment!.Id)
            .ToList();
        var attempts = (
            await database
                .CardAttempts.AsNoTracking()
                .Where(attempt => pending.Contains(attempt.PaymentId))
                .Where(attempt => attempt.Status == CardAttemptStatus.Confirming)
                .ToListAsync(cancellationToken)
        ).ToLookup(attempt => attempt.PaymentId);

        var compared = new ConcurrentBag<Case>();
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken },
            async (c, token) =>
            {
                var attempt = c.Payment is null ? null : attempts[c.Payment.Id].FirstOrDefault();
                var key = c.Payment is { Method: PaymentMethod.Card, Status: not PaymentStatus.Failed }
                    ? c.Payment.PaymentKey ?? attempt?.PaymentKey
                    : null;
                compared.Add(
                    c with
                    {
                        Attempt = attempt,
                        Toss = key is null ? null : await LookUpAsync(key, token),
                        IsTossKnown = key is not null,
                    }
                );
            }
        );
        foreach (var c in compared.OrderBy(c => c.Order?.Id ?? c.Payment?.OrderId))
        {
            ledger.Compare(c);
        }
    }

    private async Task<TossPayment?> LookUpAsync(string paymentKey, CancellationToken cancellationToken) =>
        await toss.FindAsync(paymentKey, cancellationToken) switch
        {
            TossAnswer.Success(var payment) => payment,
            TossAnswer.NotFound => null,
            TossAnswer.Unknown(var why, _) => throw new HttpRequestException($"Toss does not tell: {why}."),
            var answer => throw new HttpRequestException($"Toss does not tell: {answer}."),
        };

    private static Task<List<Payment>> LoadAsync(IQueryable<Payment> payments, CancellationToken cancellationToken) =>
        payments
            .AsNoTracking()
            .Include(payment => payment.Refunds.OrderBy(refund => refund.Id))
            .ToListAsync(cancellationToken);
}

/// <summary>What each side has of one order.</summary>
internal sealed record Case(OrderSnapshot? Order, Payment? Payment)
{
    /// <summary>The attempt whose outcome is unknown.</summary>
    public CardAttempt? Attempt { get; init; }

    public TossPayment? Toss { get; init; }

    /// <summary>Whether Toss was asked; it may have nothing.</summary>
    public bool IsTossKnown { get; init; }
}
