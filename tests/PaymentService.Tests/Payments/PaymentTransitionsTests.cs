using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Payments;

public class PaymentTransitionsTests
{
    private const string Key = "toss-key-1";

    private static readonly DateTime s_now = new(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime s_before = s_now.AddHours(-1);
    private static readonly Actor s_admin = new(PaymentActor.Admin, 77, "complaint");
    private static readonly Actor s_shopper = new(PaymentActor.Customer, 7, "changed my mind");
    private static readonly TossFailure s_refusal = new("REJECT_CARD_COMPANY", "no");
    private static readonly TossAnswer s_silence = new TossAnswer.Unknown("no answer", WasAnswered: false);
    private static readonly TossAnswer s_error = new TossAnswer.Unknown("500", WasAnswered: true);
    private static readonly TossAnswer s_told = new TossAnswer.Success(Told());

    /// <summary>What happens to which payment, and what comes of it: what has changed, the messages, or a refusal.</summary>
    public static TheoryData<string, string, string> Cases { get; } =
        new()
        {
            { "PENDING card", "begin", "attempt CONFIRMING" },
            { "PENDING card, attempt CONFIRMING", "begin", "" },
            { "PENDING card, attempt CONFIRMING", "begin anew", "PaymentInProgress" },
            { "FAILED card, attempt REFUSED", "begin anew", "PENDING; attempt CONFIRMING" },
            { "FAILED card, attempt REFUSED, releasing", "begin anew", "StillReleasing" },
            { "FAILED card, attempt REFUSED", "begin anew, too late", "NotPayable" },
            { "COMPLETED card, attempt DONE", "begin anew", "NotPayable" },
            { "PENDING card, attempt CONFIRMING", "charged", "COMPLETED; attempt DONE; OrderIsPaid" },
            { "PENDING card, attempt CONFIRMING", "charged, by the request", "COMPLETED; attempt DONE; OrderIsPaid" },
            { "FAILED card, attempt REFUSED", "charged", "COMPLETED; attempt DONE; OrderIsPaid" },
            { "COMPLETED card, attempt DONE", "charged", "" },
            { "REFUNDED card, attempt CONFIRMING", "charged", "" },
            { "COMPLETED card, attempt CONFIRMING", "charged, by the request", "AttemptIsSettled" },
            { "PENDING card, attempt CONFIRMING", "not charged", "FAILED; attempt REFUSED; OrderIsReleased" },
            { "COMPLETED card, attempt CONFIRMING", "not charged", "attempt REFUSED" },
            { "COMPLETED card, attempt DONE", "not charged", "" },
            { "PENDING card, attempt CONFIRMING", "unknown", "attempt" },
            { "PENDING card, attempt CONFIRMING", "unknown, by the request", "attempt; AttemptIsSettled" },
            { "FAILED card, attempt REFUSED", "unknown", "" },
            { "PENDING transfer", "deposit", "COMPLETED; OrderIsPaid" },
            { "PENDING transfer", "deposit, not seen", "NotSeen" },
            { "PENDING transfer", "deposit, seen before something else", "NotSeen" },
            { "COMPLETED transfer", "deposit, not seen", "" },
            { "PENDING transfer", "deposit of another amount", "AmountMismatch" },
            { "PENDING card", "deposit", "NotATransfer" },
            { "FAILED transfer", "deposit", "NotPayable" },
            { "COMPLETED transfer", "deposit", "" },
            { "COMPLETED transfer, undoable", "deposit", "changed; OrderIsPaid" },
            { "COMPLETED transfer, undoable", "undo", "PENDING; OrderIsNotPaid, DepositIsForgotten" },
            { "COMPLETED transfer, undoable, order ended", "undo", "FAILED; OrderIsNotPaid, DepositIsForgotten" },
            { "COMPLETED transfer, undo over", "undo", "Settled" },
            { "COMPLETED transfer", "undo", "Settled" },
            { "PENDING transfer", "undo", "" },
            { "COMPLETED transfer, undoable", "close", "" },
            { "COMPLETED transfer, undo over", "close", "changed" },
            { "PENDING transfer", "order confirmed", "COMPLETED" },
            { "PENDING card, attempt CONFIRMING", "order confirmed", "" },
            { "PENDING transfer", "order cancelled", "FAILED" },
            { "PENDING card, attempt CONFIRMING", "order cancelled", "" },
            { "COMPLETED transfer, undoable", "order cancelled", "changed" },
            { "COMPLETED transfer", "order cancelled", "REFUNDED; refund TO_TRANSFER" },
            { "COMPLETED card, attempt DONE", "order cancelled", "refund PENDING; RefundIsSent" },
            { "COMPLETED card, attempt DONE", "order refuses", "refund PENDING; RefundIsSent" },
            { "COMPLETED card, refund PENDING", "order cancelled", "RestIsRefunded" },
            { "COMPLETED card, refund FAILED", "order cancelled", "" },
            { "REFUNDED card", "order cancelled", "" },
            { "COMPLETED card", "refund", "refund PENDING; RefundIsSent" },
            { "COMPLETED transfer", "refund", "refund PENDING; RefundIsSent" },
            { "COMPLETED transfer", "refund a part", "changed; refund TO_TRANSFER" },
            { "COMPLETED card", "refund too much", "TooLarge" },
            { "COMPLETED transfer, undoable", "refund", "Undoable" },
            { "COMPLETED card, refund PENDING", "refund", "RefundInProgress" },
            { "PENDING card", "refund", "NotRefundable" },
            { "COMPLETED card, refund PENDING", "refund once more", "" },
            { "COMPLETED card, refund PENDING", "Toss makes it", "REFUNDED; refund COMPLETED; OrderIsRefunded" },
            { "COMPLETED card, refund PENDING", "Toss has made it", "REFUNDED; refund COMPLETED; OrderIsRefunded" },
            { "COMPLETED card, refund PENDING", "Toss refuses", "refund FAILED" },
            { "COMPLETED card, refund PENDING", "Toss refuses, in doubt", "refund" },
            { "COMPLETED card, refund PENDING", "Toss is silent", "refund" },
            { "COMPLETED card, refund PENDING", "Toss fails", "refund, next key" },
            { "COMPLETED card, refund FAILED", "retry", "refund PENDING, next key; RefundIsSent" },
            { "COMPLETED card, refund COMPLETED", "retry", "" },
            { "COMPLETED card, refund FAILED", "settle", "REFUNDED; refund COMPLETED; OrderIsRefunded" },
            { "COMPLETED card, refund PENDING", "settle", "RefundInProgress" },
            { "COMPLETED card, refund COMPLETED", "settle", "NotRefused" },
            { "COMPLETED transfer, refund PENDING", "leave to transfer", "REFUNDED; refund TO_TRANSFER" },
            { "REFUNDED transfer, refund TO_TRANSFER", "transferred", "refund COMPLETED" },
            { "COMPLETED card, refund COMPLETED", "transferred", "" },
        };

    private static Dictionary<string, PaymentCommand> Commands { get; } =
        new()
        {
            ["begin"] = Begin(Key),
            ["begin anew"] = Begin("toss-key-2"),
            ["begin anew, too late"] = Begin("toss-key-2", OrderStatus.Cancelled),
            ["charged"] = new PaymentCommand.Charged(1, ByRequest: false),
            ["charged, by the request"] = new PaymentCommand.Charged(1, ByRequest: true),
            ["not charged"] = new PaymentCommand.NotCharged(1, s_refusal, ByRequest: false),
            ["unknown"] = new PaymentCommand.OutcomeUnknown(1, WasAnswered: false, ByRequest: false),
            ["unknown, by the request"] = new PaymentCommand.OutcomeUnknown(1, WasAnswered: false, ByRequest: true),
            ["deposit"] = Deposit(),
            ["deposit, seen before something else"] = Deposit(seenSince: s_before.AddHours(-1)),
            ["deposit, not seen"] = Deposit(isSeen: false),
            ["deposit of another amount"] = Deposit(amount: 1),
            ["undo"] = new PaymentCommand.UndoDeposit(s_admin),
            ["close"] = new PaymentCommand.CloseDeposit(),
            ["order confirmed"] = new PaymentCommand.OrderConfirmed(s_admin),
            ["order cancelled"] = new PaymentCommand.OrderCancelled(s_shopper),
            ["order refuses"] = new PaymentCommand.OrderRefused("order_closed"),
            ["refund"] = new PaymentCommand.RequestRefund(null, s_admin, "new"),
            ["refund a part"] = new PaymentCommand.RequestRefund(10_000, s_admin, "new"),
            ["refund too much"] = new PaymentCommand.RequestRefund(40_000, s_admin, "new"),
            ["refund once more"] = new PaymentCommand.RequestRefund(null, s_admin, "known"),
            ["Toss makes it"] = new PaymentCommand.RefundAnswered(1, s_told, s_told),
            ["Toss has made it"] = new PaymentCommand.RefundAnswered(1, new TossAnswer.Refused(s_refusal), s_told),
            ["Toss refuses"] = new PaymentCommand.RefundAnswered(
                1,
                new TossAnswer.Refused(s_refusal),
                new TossAnswer.Success(Told() with { Cancels = [] })
            ),
            ["Toss refuses, in doubt"] = new PaymentCommand.RefundAnswered(
                1,
                new TossAnswer.Refused(s_refusal),
                s_silence
            ),
            ["Toss is silent"] = new PaymentCommand.RefundAnswered(1, s_silence, s_silence),
            ["Toss fails"] = new PaymentCommand.RefundAnswered(1, s_error, s_silence),
            ["retry"] = new PaymentCommand.RetryRefund(1, 77),
            ["settle"] = new PaymentCommand.SettleRefund(1, 77, "sent by hand"),
            ["leave to transfer"] = new PaymentCommand.LeaveToTransfer(1),
            ["transferred"] = new PaymentCommand.MarkTransferred(1, 77),
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_what_becomes_of_a_payment(string payment, string command, string expected)
    {
        var before = Parse(payment);

        var decision = PaymentTransitions.Decide(before, Commands[command], s_now);

        Assert.Equal(expected, decision.Refusal is { } refusal ? refusal.ToString() : Describe(before, decision.Draft));
    }

    [Fact]
    public void What_is_known_stays_as_it_was_until_it_is_stored()
    {
        var before = Parse("PENDING card, attempt CONFIRMING");

        PaymentTransitions.Decide(before, Commands["charged"], s_now);

        Assert.Equal(PaymentStatus.Pending, before.Payment.Status);
        Assert.Equal(CardAttemptStatus.Confirming, before.Attempts[0].Status);
    }

    /// <summary>An answer to a commit may be lost: decided again on what it has left, nothing more happens.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Decided_again_nothing_more_comes_of_it(string payment, string command, string expected)
    {
        var first = PaymentTransitions.Decide(Parse(payment), Commands[command], s_now);
        var stored = Store(first.Draft);

        var again = PaymentTransitions.Decide(stored, Commands[command], s_now);

        // What is asked of others once more is one message: of a key one is pending.
        Assert.True(
            first.Refusal is not null
                || again.Refusal is not null
                || again.Draft.Payment.Status == stored.Payment.Status,
            expected
        );
        Assert.Equal(stored.Payment.RefundedAmount, again.Draft.Payment.RefundedAmount);
        Assert.Equal(stored.Attempts.Count, again.Draft.Attempts.Count);
        Assert.True(first.Refusal is not null || !again.Draft.Refunds.Exists(refund => refund.Id == 0), expected);
    }

    [Fact]
    public void The_docs_show_the_tables()
    {
        Show("CardTransitions", CardTransitions.Machine);
        Show("PaymentTransitions", PaymentTransitions.Machine);
        Show("RefundTransitions", RefundTransitions.Machine);
    }

    private static void Show<TStatus>(string name, StateMachine<TStatus> machine)
        where TStatus : struct, Enum =>
        DocumentedTable.Assert(
            "orders-and-payments.md",
            $"<!-- The table of {name} begins; ./shop api writes it. -->",
            $"<!-- The table of {name} ends. -->",
            machine
                .Table.Select(row =>
                    $"| {row.Name} | {From(row)} | {Words(row.Guards.Select(guard => guard.Words))} "
                    + $"| {row.To?.ToWord() ?? (row.Refusal is null ? "as it is" : "refused")} "
                    + $"| {Words(row.Effects.Select(effect => effect.Words))} |"
                )
                .Prepend("|---|---|---|---|---|")
                .Prepend("| asked | in | if | moves to | and then |")
        );

    private static string From<TStatus>(Transition<TStatus> row)
        where TStatus : struct, Enum =>
        row.From.Count == 0 ? "none yet"
        : row.From.Count == Enum.GetValues<TStatus>().Length ? "any"
        : string.Join(", ", row.From.Select(status => status.ToWord()));

    private static string Words(IEnumerable<string> words) => string.Join("; ", words.Where(word => word.Length > 0));

    private static PaymentCommand.RecordDeposit Deposit(
        decimal? amount = null,
        bool isSeen = true,
        DateTime? seenSince = null
    ) => new(DepositorName: null, amount, IsUndoable: false, UndoUntil: null, isSeen, seenSince ?? s_before, s_admin);

    private static PaymentCommand.BeginAttempt Begin(string key, OrderStatus status = OrderStatus.Pending) =>
        new(
            new ShopOrder(
                1,
                "261122-7K2M9QX4T8WNB3CD",
                7,
                status,
                30_000,
                PaymentMethod.Card,
                null,
                null,
                false,
                s_now
            ),
            key,
            TimeSpan.FromMinutes(1)
        );

    private static TossPayment Told() =>
        new()
        {
            PaymentKey = Key,
            OrderId = "261122-7K2M9QX4T8WNB3CD",
            Status = TossStatus.Canceled,
            TotalAmount = 30_000,
            BalanceAmount = 0,
            Cancels = [new TossCancel("t1", 30_000, "complaint [R1]", s_now)],
        };

    private static PaymentState Parse(string words)
    {
        var parts = words.Split(", ");
        var (status, method) = (parts[0].Split(' ')[0], parts[0].Split(' ')[1]);
        var payment = new Payment
        {
            Id = 1,
            OrderId = 1,
            OrderNumber = "261122-7K2M9QX4T8WNB3CD",
            UserId = 7,
            Amount = 30_000,
            Method = method == "card" ? PaymentMethod.Card : PaymentMethod.BankTransfer,
            PaymentKey = method == "card" ? Key : null,
            OrderEndedAt = parts.Contains("order ended") ? s_now.AddMinutes(-1) : null,
            CreatedAt = s_now.AddHours(-1),
            UpdatedAt = s_now.AddHours(-1),
        };
        payment.Move(EnumWords.Parse<PaymentStatus>(status)!.Value, s_admin, s_now.AddHours(-1));
        payment.Deposited(
            depositorName: null,
            parts.Contains("undoable") ? s_now.AddSeconds(5)
                : parts.Contains("undo over") ? s_now.AddSeconds(-5)
                : null
        );
        return new PaymentState(
            payment.Copy(),
            [.. Find<CardAttemptStatus>(parts, "attempt").Select(CreateAttempt)],
            [.. Find<RefundStatus>(parts, "refund").Select(CreateRefund)]
        )
        {
            IsReleasing = parts.Contains("releasing"),
            DepositSeenAt = s_now.AddMinutes(-1),
        };
    }

    private static IEnumerable<TStatus> Find<TStatus>(string[] parts, string what)
        where TStatus : struct, Enum =>
        parts
            .Where(part => part.StartsWith($"{what} ", StringComparison.Ordinal))
            .Select(part => EnumWords.Parse<TStatus>(part.Split(' ')[1])!.Value);

    private static CardAttempt CreateAttempt(CardAttemptStatus status) =>
        new()
        {
            Id = 1,
            PaymentId = 1,
            OrderNumber = "261122-7K2M9QX4T8WNB3CD",
            PaymentKey = Key,
            Amount = 30_000,
            Status = status,
            LeaseUntil = status == CardAttemptStatus.Confirming ? s_now.AddSeconds(30) : null,
            CreatedAt = s_now.AddMinutes(-1),
            UpdatedAt = s_now.AddMinutes(-1),
        };

    private static Refund CreateRefund(RefundStatus status) =>
        new()
        {
            Id = 1,
            PaymentId = 1,
            Amount = 30_000,
            Reason = "complaint",
            Status = status,
            Actor = PaymentActor.Admin,
            UserId = 77,
            IdempotencyKey = "known",
            CreatedAt = s_now.AddMinutes(-1),
            UpdatedAt = s_now.AddMinutes(-1),
        };

    private static PaymentState Store(PaymentDraft draft)
    {
        foreach (var (index, attempt) in draft.Attempts.Index())
        {
            attempt.Id = index + 1;
        }

        foreach (var (index, refund) in draft.Refunds.Index())
        {
            refund.Id = index + 1;
        }

        return new PaymentState(draft.Payment, draft.Attempts, draft.Refunds)
        {
            IsReleasing = draft.Before.IsReleasing,
            DepositSeenAt = s_now,
        };
    }

    /// <summary>The payment's new status, or that anything else of it has changed; attempt and refund likewise; the messages.</summary>
    private static string Describe(PaymentState before, PaymentDraft after)
    {
        var parts = new List<string>();
        if (after.Payment.Status != before.Payment.Status)
        {
            parts.Add(after.Payment.Status.ToWord());
        }
        else if (
            PaymentColumns
                .Payments.Where(column => column.Name is not ("updated_at" or "payment_key"))
                .Any(column => !Equals(column.Value(before.Payment), column.Value(after.Payment)))
        )
        {
            parts.Add("changed");
        }

        var (oldAttempt, attempt) = (Last(before.Attempts), Last(after.Attempts));
        if (attempt?.Status != oldAttempt?.Status || after.Attempts.Count != before.Attempts.Count)
        {
            parts.Add($"attempt {attempt!.Status.ToWord()}");
        }
        else if (attempt?.LeaseUntil != oldAttempt?.LeaseUntil)
        {
            parts.Add("attempt");
        }

        var (oldRefund, refund) = (Last(before.Refunds), Last(after.Refunds));
        var nextKey = refund?.Try > oldRefund?.Try ? ", next key" : "";
        if (refund?.Status != oldRefund?.Status || after.Refunds.Count != before.Refunds.Count)
        {
            parts.Add($"refund {refund!.Status.ToWord()}{nextKey}");
        }
        else if (refund?.UpdatedAt != oldRefund?.UpdatedAt)
        {
            parts.Add($"refund{nextKey}");
        }

        var messages = string.Join(", ", after.Messages.Select(message => message.GetType().Name));
        return string.Join("; ", messages.Length > 0 ? parts.Append(messages) : parts);
    }

    private static T? Last<T>(IReadOnlyList<T> list)
        where T : class => list.Count == 0 ? null : list[^1];
}
