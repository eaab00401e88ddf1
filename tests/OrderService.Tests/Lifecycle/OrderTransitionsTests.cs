using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;
using static MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.OrderService.Tests.Lifecycle;

public class OrderTransitionsTests
{
    private const string Begin = "<!-- The table of OrderTransitions begins; ./shop api writes it. -->";
    private const string End = "<!-- The table of OrderTransitions ends. -->";

    private static readonly DateTime s_now = new(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan s_grace = TimeSpan.FromDays(7);
    private static readonly Actor s_shopper = new(OrderActor.Customer, 7, "changed my mind");
    private static readonly Actor s_admin = new(OrderActor.Admin, 77, "seen on the account");
    private static readonly Actor s_toss = new(OrderActor.System, UserId: null, "Toss charged the card.");

    private static readonly OrderCommand s_pay = new OrderCommand.Pay(1, 30_000, s_toss);
    private static readonly OrderCommand s_refund = new OrderCommand.Refund(1, s_admin);
    private static readonly OrderCommand s_cancel = new OrderCommand.Move(Cancelled, s_shopper);
    private static readonly OrderCommand s_expire = new OrderCommand.Expire(s_grace);
    private static readonly OrderCommand s_seen = new OrderCommand.SeeDeposit(s_now);

    /// <summary>What is asked of which order, and what comes of it: a status, a word for an order that stays, or a refusal.</summary>
    public static TheoryData<string, string, string> Cases { get; } =
        new()
        {
            { "PENDING card", "hold 1", "held" },
            { "PENDING card, held by 1", "hold 1", "held" },
            { "PENDING card, released by 1", "hold 1", "NotPayable" },
            { "PENDING card, released by 1", "hold 2", "held" },
            { "PENDING card, held by 2", "hold 1", "NotPayable" },
            { "PENDING card, overdue", "hold 1", "NotPayable" },
            { "PENDING card, overdue, held by 1", "hold 1", "held" },
            { "PENDING transfer", "hold 1", "NotPayable" },
            { "CONFIRMED card, paid by 1", "hold 1", "NotPayable" },
            { "CANCELLED card", "hold 1", "NotPayable" },
            { "PENDING card, held by 1", "release 1", "free" },
            { "PENDING card, held by 2", "release 1", "left" },
            { "PENDING card", "release 1", "free" },
            { "PENDING card, held by 1", "pay", "CONFIRMED" },
            { "PENDING transfer", "pay", "CONFIRMED" },
            { "PENDING card, costs less", "pay", "AmountMismatch" },
            { "CONFIRMED card, paid by 1", "pay", "paid" },
            { "CONFIRMED card, by hand", "pay", "paid" },
            { "CONFIRMED card, paid by 2", "pay", "AlreadyPaid" },
            { "CANCELLED card", "pay", "Closed" },
            { "CONFIRMED card, paid by 1", "refund", "CANCELLED" },
            { "CONFIRMED card, paid by 2", "refund", "left" },
            { "PENDING card, held by 1", "refund", "CANCELLED" },
            { "SHIPPING card, paid by 1", "refund", "left" },
            { "CANCELLED card, paid by 1", "refund", "left" },
            { "PENDING transfer", "see a deposit", "kept" },
            { "PENDING card", "see a deposit", "NoTransfer" },
            { "CANCELLED transfer", "see a deposit", "NoTransfer" },
            { "PENDING transfer, deposit seen", "undo the deposit", "unkept" },
            { "PENDING transfer, deposit seen", "undo another deposit", "left" },
            { "PENDING card", "cancel", "CANCELLED" },
            { "PENDING card, held by 1", "cancel", "PaymentInProgress" },
            { "CONFIRMED card, paid by 1", "cancel", "CANCELLED" },
            { "SHIPPING card, paid by 1", "cancel", "IllegalMove" },
            { "PENDING card", "confirm", "PaymentRequired" },
            { "PENDING card", "confirm by hand", "CONFIRMED" },
            { "PENDING transfer", "confirm", "CONFIRMED" },
            { "PENDING card, held by 1", "confirm by hand", "PaymentInProgress" },
            { "CONFIRMED card, paid by 1", "ship", "SHIPPING" },
            { "CONFIRMED card", "ship", "PaymentRequired" },
            { "CONFIRMED card, by hand", "ship", "SHIPPING" },
            { "SHIPPING card, paid by 1", "deliver", "DELIVERED" },
            { "DELIVERED card, paid by 1", "deliver", "IllegalMove" },
            { "PENDING card", "ship an older version", "ChangedMeanwhile" },
            { "PENDING card, overdue", "expire", "CANCELLED" },
            { "PENDING card", "expire", "left" },
            { "PENDING card, overdue, held by 1", "expire", "left" },
            { "PENDING transfer, overdue, deposit seen", "expire", "left" },
            { "PENDING transfer, long overdue, deposit long seen", "expire", "CANCELLED" },
            { "CONFIRMED card, overdue, paid by 1", "expire", "left" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_what_becomes_of_an_order(string order, string command, string expected)
    {
        var before = Parse(order);

        var decision = OrderTransitions.Decide(before, Commands[command], s_now);

        var actual = decision switch
        {
            OrderDecision.Refused(var why) => why.ToString(),
            OrderDecision.Change { To: { } to } => to.ToWord(),
            OrderDecision.Change change => Describe(before, change),
            _ => "left",
        };
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Stock_goes_back_when_an_order_is_cancelled_and_only_then() =>
        Assert.All(
            AllDecisions().Select(decided => decided.Decision).OfType<OrderDecision.Change>(),
            change => Assert.Equal(change.To == Cancelled, change.ReturnsStock)
        );

    [Fact]
    public void Nothing_moves_an_order_that_may_be_charged_but_its_money() =>
        Assert.All(
            AllDecisions().Where(decided => decided.Order.PaymentHold is not null),
            decided =>
                Assert.True(
                    decided.Decision is not OrderDecision.Change { To: not null }
                        || decided.Command is OrderCommand.Pay or OrderCommand.Refund
                )
        );

    [Fact]
    public void Nothing_is_shipped_without_its_money_or_a_reason() =>
        Assert.All(
            AllDecisions().Where(decided => decided.Decision is OrderDecision.Change { To: Shipping }),
            decided =>
                Assert.True(
                    !decided.Order.LacksPayment || decided.Command is OrderCommand.Move { ByHand: true },
                    $"{decided.Command} on {decided.Order.Status}"
                )
        );

    /// <summary>A write that expects an order to be so must not go wrong where the order is so.</summary>
    [Fact]
    public void What_is_decided_on_an_expectation_is_what_is_decided_on_every_such_order()
    {
        var met = 0;
        foreach (var command in Commands.Values)
        {
            if (OrderExpectation.Of(command, s_now) is not { } expected)
            {
                continue;
            }

            var onExpected = Assert.IsType<OrderDecision.Change>(
                OrderTransitions.Decide(expected.Order, command, s_now)
            );
            Assert.All(
                expected.Conditions,
                condition => Assert.True(condition.Holds(expected.Order), condition.Sql.Format)
            );
            foreach (
                var order in AllOrders().Where(order => expected.Conditions.All(condition => condition.Holds(order)))
            )
            {
                met++;
                var onOrder = Assert.IsType<OrderDecision.Change>(OrderTransitions.Decide(order, command, s_now));
                Assert.Equal(Written(onExpected), Written(onOrder));
                Assert.Equal(onExpected.To, onOrder.To);
                Assert.Equal(expected.Order.Status, order.Status);
            }
        }

        Assert.True(met > 0, "No order is as expected.");
    }

    [Fact]
    public void The_docs_show_the_table() => DocumentedTable.Assert("orders-and-payments.md", Begin, End, Render());

    private static IReadOnlyDictionary<string, OrderCommand> Commands { get; } =
        new Dictionary<string, OrderCommand>
        {
            ["hold 1"] = new OrderCommand.Hold(1),
            ["hold 2"] = new OrderCommand.Hold(2),
            ["hold"] = new OrderCommand.Hold(Attempt: null),
            ["release 1"] = new OrderCommand.Release(1),
            ["release"] = new OrderCommand.Release(Attempt: null),
            ["pay"] = s_pay,
            ["refund"] = s_refund,
            ["see a deposit"] = s_seen,
            ["undo the deposit"] = new OrderCommand.ForgetDeposit(s_now),
            ["undo another deposit"] = new OrderCommand.ForgetDeposit(s_now.AddMinutes(1)),
            ["cancel"] = s_cancel,
            ["confirm"] = new OrderCommand.Move(Confirmed, s_admin),
            ["confirm by hand"] = new OrderCommand.Move(Confirmed, s_admin, ByHand: true),
            ["ship"] = new OrderCommand.Move(Shipping, s_admin),
            ["ship by hand"] = new OrderCommand.Move(Shipping, s_admin, ByHand: true),
            ["ship an older version"] = new OrderCommand.Move(Shipping, s_admin, Version: "\"1\""),
            ["deliver"] = new OrderCommand.Move(Delivered, s_admin),
            ["expire"] = s_expire,
        };

    private static IEnumerable<(Order Order, OrderCommand Command, OrderDecision Decision)> AllDecisions() =>
        from order in AllOrders()
        from command in Commands.Values
        select (order, command, OrderTransitions.Decide(order, command, s_now));

    private static IEnumerable<Order> AllOrders() =>
        from status in Enum.GetValues<OrderStatus>()
        from method in Enum.GetValues<PaymentMethod>()
        from payBy in new[] { s_now.AddDays(-9), s_now.AddMinutes(-1), s_now, s_now.AddMinutes(1) }
        from price in new[] { 30_000m, 20_000m }
        from isHeld in new[] { false, true }
        from attempt in new long?[] { null, 1, 2 }
        from payment in new long?[] { null, 1, 2 }
        from byHand in new[] { null, "phoned" }
        from seen in new DateTime?[] { null, s_now, s_now.AddDays(-9) }
        select Create(
            status,
            method,
            payBy,
            price,
            isHeld ? s_now.AddMinutes(-2) : null,
            attempt,
            payment,
            byHand,
            seen
        );

    private static Order Parse(string words)
    {
        var parts = words.Split(", ");
        var held = parts.FirstOrDefault(part => part.StartsWith("held by", StringComparison.Ordinal));
        var released = parts.FirstOrDefault(part => part.StartsWith("released by", StringComparison.Ordinal));
        var paid = parts.FirstOrDefault(part => part.StartsWith("paid by", StringComparison.Ordinal));
        return Create(
            Enum.Parse<OrderStatus>(parts[0].Split(' ')[0], ignoreCase: true),
            parts[0].EndsWith("card", StringComparison.Ordinal) ? PaymentMethod.Card : PaymentMethod.BankTransfer,
            parts.Contains("long overdue") ? s_now.AddDays(-9)
                : parts.Contains("overdue") ? s_now.AddMinutes(-1)
                : s_now.AddMinutes(1),
            parts.Contains("costs less") ? 20_000 : 30_000,
            held is null ? null : s_now.AddMinutes(-2),
            Number(held ?? released),
            Number(paid),
            parts.Contains("by hand") ? "phoned" : null,
            parts.Contains("deposit long seen") ? s_now.AddDays(-9)
                : parts.Contains("deposit seen") ? s_now
                : null
        );

        static long? Number(string? part) => part is null ? null : part[^1] - '0';
    }

    private static Order Create(
        OrderStatus status,
        PaymentMethod method,
        DateTime payBy,
        decimal price,
        DateTime? hold,
        long? attempt,
        long? payment,
        string? byHand,
        DateTime? seen
    ) =>
        new()
        {
            Id = 1,
            OrderNumber = "261122-7K2M9QX4T8WNB3CD",
            UserId = 7,
            Email = "shopper@example.com",
            Status = status,
            TotalPrice = price,
            PaymentMethod = method,
            PayBy = payBy,
            PaymentHold = hold,
            HoldAttempt = attempt,
            PaymentId = payment,
            ByHand = byHand,
            DepositSeenAt = seen,
            CreatedAt = s_now.AddHours(-1),
            UpdatedAt = s_now.AddHours(-1),
        };

    private static string Describe(Order order, OrderDecision.Change change)
    {
        var before = (order.PaymentHold, order.PaymentId, order.DepositSeenAt);
        foreach (var write in change.Writes)
        {
            write.Apply(order);
        }

        return before.DepositSeenAt is null && order.DepositSeenAt is not null ? "kept"
            : before.DepositSeenAt is not null && order.DepositSeenAt is null ? "unkept"
            : order.PaymentId is not null ? "paid"
            : order.PaymentHold is not null ? "held"
            : "free";
    }

    private static IEnumerable<(string Column, object? Value)> Written(OrderDecision.Change change) =>
        change.Writes.Select(write => (write.Column, write.Value));

    private static IEnumerable<string> Render() =>
        OrderTransitions
            .Table.Select(row =>
                $"| {row.Name} | {From(row)} | {Guards(row)} | {row.To?.ToWord() ?? "as it is"} | {Effects(row)} |"
            )
            .Prepend("|---|---|---|---|---|")
            .Prepend("| asked | in | if | moves to | and then |");

    private static string From(OrderTransition row) =>
        row.From.Count == Enum.GetValues<OrderStatus>().Length
            ? "any"
            : string.Join(", ", row.From.Select(status => status.ToWord()));

    private static string Guards(OrderTransition row) => string.Join("; ", row.Guards.Select(guard => guard.Words));

    private static string Effects(OrderTransition row) =>
        string.Join(
            "; ",
            row.Effects.Select(effect => effect.Words).Concat(row.ReturnsStock ? ["its stock goes back"] : [])
        );
}
