using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>The books are only worth checking if a wrong one is found out.</summary>
public sealed class LedgerTests
{
    private static readonly ProductRow s_product = new(1, Stock: 8, "AVAILABLE", Ledger: 8, LedgerStock: 8);
    private static readonly TakeRow s_take = new("A", "TAKEN", "1×2");
    private static readonly MovementRow s_movement = new("A", "TAKEN", "1×2");
    private static readonly OrderRow s_order = new(1, "A", 24_000, "CONFIRMED", "CARD", null, PaymentId: 1, "1×2");
    private static readonly AttemptRow s_attempt = new("A", "key", 24_000, "DONE");
    private static readonly TossPayment s_charge = new("key", "A", 24_000, 24_000, "DONE");
    private static readonly PaymentRow s_payment = new(
        1,
        OrderId: 1,
        "A",
        Amount: 24_000,
        RefundedAmount: 0,
        "CARD",
        "COMPLETED",
        "key",
        Refunds: 0
    );

    private static readonly ShopRecords s_shop = new(
        [s_product],
        [s_take],
        [s_movement],
        [s_order],
        [s_payment],
        [s_attempt]
    );

    /// <summary>What must never be, by name: a shop, and Toss's side of it.</summary>
    private static readonly Dictionary<string, (ShopRecords Shop, TossPayment[] Toss)> s_wrongs = new()
    {
        ["sold below zero"] = (
            s_shop with
            {
                Products = [s_product with { Stock = -1, Ledger = -1, LedgerStock = -1, Status = "OUT_OF_STOCK" }],
            },
            [s_charge]
        ),
        ["stock unlike its ledger"] = (s_shop with { Products = [s_product with { Stock = 9 }] }, [s_charge]),
        ["sold out and said to be there"] = (
            s_shop with
            {
                Products = [s_product with { Stock = 0, Ledger = 0, LedgerStock = 0 }],
            },
            [s_charge]
        ),
        ["stock taken by nobody"] = (s_shop with { Orders = [], Payments = [], Attempts = [] }, []),
        ["stock kept by a cancelled order"] = (
            s_shop with
            {
                Orders = [s_order with { Status = "CANCELLED" }],
                Payments = [s_payment with { Status = "REFUNDED", RefundedAmount = 24_000, Refunds = 24_000 }],
            },
            [s_charge with { BalanceAmount = 0, Status = "CANCELED" }]
        ),
        ["refunded and not cancelled"] = (
            s_shop with
            {
                Payments = [s_payment with { Status = "REFUNDED", RefundedAmount = 24_000, Refunds = 24_000 }],
            },
            [s_charge with { BalanceAmount = 0, Status = "CANCELED" }]
        ),
        ["stock given back while the order is open"] = (
            s_shop with
            {
                Takes = [s_take with { Status = "RETURNED" }],
                Movements = [s_movement, s_movement with { Kind = "RETURNED" }],
            },
            [s_charge]
        ),
        ["stock taken twice"] = (s_shop with { Movements = [s_movement with { Lines = "1×2 1×2" }] }, [s_charge]),
        ["an order without its stock"] = (s_shop with { Takes = [], Movements = [] }, [s_charge]),
        ["two payments of one order"] = (
            s_shop with
            {
                Payments = [s_payment, s_payment with { Id = 2, Status = "FAILED" }],
            },
            [s_charge]
        ),
        ["held for nothing"] = (
            s_shop with
            {
                Orders = [s_order with { PaymentHold = DateTime.UnixEpoch }],
            },
            [s_charge]
        ),
        ["confirmed and not paid"] = (
            s_shop with
            {
                Payments = [s_payment with { Status = "FAILED" }],
                Attempts = [s_attempt with { Status = "REFUSED" }],
            },
            []
        ),
        ["paid and not confirmed"] = (s_shop with { Orders = [s_order with { Status = "PENDING" }] }, [s_charge]),
        ["cancelled and still awaited"] = (
            s_shop with
            {
                Takes = [s_take with { Status = "RETURNED" }],
                Movements = [s_movement, s_movement with { Kind = "RETURNED" }],
                Orders = [s_order with { Status = "CANCELLED" }],
                Payments = [s_payment with { Status = "PENDING" }],
                Attempts = [],
            },
            []
        ),
        ["charged another amount"] = (s_shop, [s_charge with { TotalAmount = 100, BalanceAmount = 100 }]),
        ["charged twice"] = (s_shop, [s_charge, s_charge with { PaymentKey = "other" }]),
        ["charged for nothing"] = (
            s_shop with
            {
                Orders = [s_order with { Status = "PENDING", PaymentId = null }],
                Payments = [s_payment with { Status = "FAILED" }],
                Attempts = [s_attempt with { Status = "REFUSED" }],
            },
            [s_charge]
        ),
        ["completed and never charged"] = (s_shop, []),
        ["refunded here and not at Toss"] = (
            s_shop with
            {
                Payments = [s_payment with { RefundedAmount = 5_000, Refunds = 5_000 }],
            },
            [s_charge]
        ),
        ["refunded at Toss and not here"] = (
            s_shop,
            [s_charge with { BalanceAmount = 19_000, Status = "PARTIAL_CANCELED" }]
        ),
        ["refunds that do not add up"] = (s_shop with { Payments = [s_payment with { Refunds = 5_000 }] }, [s_charge]),
    };

    public static TheoryData<string> Wrongs => [.. s_wrongs.Keys];

    [Fact]
    public void Books_that_are_right_have_no_violations() => Assert.Empty(Ledger.FindViolations(s_shop, [s_charge]));

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void What_must_never_be_is_found(string wrong)
    {
        var (shop, toss) = s_wrongs[wrong];

        Assert.NotEmpty(Ledger.FindViolations(shop, toss));
    }
}
