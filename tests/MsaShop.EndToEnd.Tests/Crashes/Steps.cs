namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>A step of the shop at which it can be stopped: a change of a row.</summary>
/// <param name="Database">Where the row is.</param>
/// <param name="Table">Its table.</param>
/// <param name="Change"><c>INSERT</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="When">Which rows, as SQL about <c>NEW</c> and <c>OLD</c>; all if null.</param>
public sealed record Step(string Database, string Table, string Change, string? When = null)
{
    public override string ToString() => $"{Change} {Table}{(When is null ? "" : $" where {When}")}";
}

/// <summary>The steps of creating, paying, cancelling and refunding an order.</summary>
public static class Steps
{
    /// <summary>By name: what has just been decided, and is about to be written down.</summary>
    public static IReadOnlyDictionary<string, Step> All { get; } =
        new Dictionary<string, Step>(StringComparer.Ordinal)
        {
            ["wish stored"] = new("orderdb", "order_placements", "INSERT"),
            ["stock taken"] = new("productdb", "stock_reservations", "INSERT"),
            ["order stored"] = new("orderdb", "orders", "INSERT"),
            ["wish fulfilled"] = new("orderdb", "order_placements", "UPDATE", "NEW.state = 'PLACED'"),
            ["attempt stored"] = new("paymentdb", "card_attempts", "INSERT"),
            ["order held"] = new(
                "orderdb",
                "orders",
                "UPDATE",
                "OLD.payment_hold IS NULL AND NEW.payment_hold IS NOT NULL"
            ),
            ["charge stored"] = new("paymentdb", "card_attempts", "UPDATE", "NEW.status = 'DONE'"),
            ["order confirmed"] = new(
                "orderdb",
                "orders",
                "UPDATE",
                "OLD.status = 'PENDING' AND NEW.status = 'CONFIRMED'"
            ),
            ["confirmation delivered"] = new(
                "paymentdb",
                "outbox_messages",
                "UPDATE",
                "NEW.type = 'order-paid' AND NEW.status = 'DONE'"
            ),
            ["order cancelled"] = new(
                "orderdb",
                "orders",
                "UPDATE",
                "OLD.status <> 'CANCELLED' AND NEW.status = 'CANCELLED'"
            ),
            ["stock returned"] = new("productdb", "stock_reservations", "UPDATE", "NEW.status = 'RETURNED'"),
            ["return delivered"] = new(
                "orderdb",
                "outbox_messages",
                "UPDATE",
                "NEW.type = 'return-stock' AND NEW.status = 'DONE'"
            ),
            ["event consumed"] = new("paymentdb", "event_cursors", "UPDATE"),
            ["refund stored"] = new("paymentdb", "refunds", "INSERT"),
            ["refund written down"] = new("paymentdb", "refunds", "UPDATE", "NEW.status = 'COMPLETED'"),
        };
}
