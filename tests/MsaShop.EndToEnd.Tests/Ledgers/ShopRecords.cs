using System.Data;
using Dapper;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>A row of <c>products</c>, with the sum of its ledger and what the ledger's last entry says.</summary>
public sealed record ProductRow(long Id, int Stock, string Status, decimal Ledger, long LedgerStock);

/// <summary>A row of <c>stock_reservations</c> with its lines, as <c>product×quantity</c> in the order of the products.</summary>
public sealed record TakeRow(string OrderNumber, string Status, string Lines);

/// <summary>The entries of one order in the stock ledger.</summary>
public sealed record MovementRow(string OrderNumber, string Kind, string Lines);

/// <summary>A row of <c>orders</c> with its lines, written like those of a take.</summary>
public sealed record OrderRow(
    long Id,
    string OrderNumber,
    decimal TotalPrice,
    string Status,
    string PaymentMethod,
    DateTime? PaymentHold,
    long? PaymentId,
    string Lines
);

/// <summary>A row of <c>payments</c>, with the sum of its refunds that count.</summary>
public sealed record PaymentRow(
    long Id,
    long OrderId,
    string OrderNumber,
    decimal Amount,
    decimal RefundedAmount,
    string Method,
    string Status,
    string? PaymentKey,
    decimal Refunds
);

/// <summary>A row of <c>card_attempts</c>.</summary>
public sealed record AttemptRow(string OrderNumber, string PaymentKey, decimal Amount, string Status);

/// <summary>Everything that the ledgers of the shop say, read from the databases and from Toss at one quiet moment.</summary>
public sealed record ShopRecords(
    IReadOnlyList<ProductRow> Products,
    IReadOnlyList<TakeRow> Takes,
    IReadOnlyList<MovementRow> Movements,
    IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<PaymentRow> Payments,
    IReadOnlyList<AttemptRow> Attempts
)
{
    private const string ProductQuery = """
        SELECT p.id, p.stock, p.status,
               COALESCE(SUM(m.quantity), 0) AS ledger,
               CAST(COALESCE((SELECT l.stock_after FROM stock_movements l WHERE l.product_id = p.id ORDER BY l.id DESC LIMIT 1), 0)
                    AS SIGNED) AS ledger_stock
        FROM products p LEFT JOIN stock_movements m ON m.product_id = p.id
        GROUP BY p.id, p.stock, p.status
        """;

    private const string TakeQuery = """
        SELECT t.order_number, t.status,
               COALESCE(GROUP_CONCAT(CONCAT(l.product_id, '×', l.quantity) ORDER BY l.product_id SEPARATOR ' '), '') AS `lines`
        FROM stock_reservations t LEFT JOIN stock_reservation_lines l ON l.order_number = t.order_number
        GROUP BY t.order_number, t.status
        """;

    private const string MovementQuery = """
        SELECT reference AS order_number, kind,
               GROUP_CONCAT(CONCAT(product_id, '×', ABS(quantity)) ORDER BY product_id SEPARATOR ' ') AS `lines`
        FROM stock_movements WHERE kind IN ('TAKEN', 'RETURNED')
        GROUP BY reference, kind
        """;

    private const string OrderQuery = """
        SELECT o.id, o.order_number, o.total_price, o.status, o.payment_method, o.payment_hold, o.payment_id,
               COALESCE(GROUP_CONCAT(CONCAT(i.product_id, '×', i.quantity) ORDER BY i.product_id SEPARATOR ' '), '') AS `lines`
        FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
        GROUP BY o.id, o.order_number, o.total_price, o.status, o.payment_method, o.payment_hold, o.payment_id
        """;

    private const string PaymentQuery = """
        SELECT p.id, p.order_id, p.order_number, p.amount, p.refunded_amount, p.method, p.status, p.payment_key,
               COALESCE(SUM(CASE WHEN r.status IN ('COMPLETED', 'TO_TRANSFER') THEN r.amount END), 0) AS refunds
        FROM payments p LEFT JOIN refunds r ON r.payment_id = p.id
        GROUP BY p.id, p.order_id, p.order_number, p.amount, p.refunded_amount, p.method, p.status, p.payment_key
        """;

    /// <summary>Reads them all.</summary>
    public static async Task<ShopRecords> ReadAsync(ShopDatabases databases)
    {
        await using var products = await databases.OpenAsync("productdb");
        await using var orders = await databases.OpenAsync("orderdb");
        await using var payments = await databases.OpenAsync("paymentdb");
        return new ShopRecords(
            await ListAsync<ProductRow>(products, ProductQuery),
            await ListAsync<TakeRow>(products, TakeQuery),
            await ListAsync<MovementRow>(products, MovementQuery),
            await ListAsync<OrderRow>(orders, OrderQuery),
            await ListAsync<PaymentRow>(payments, PaymentQuery),
            await ListAsync<AttemptRow>(payments, "SELECT order_number, payment_key, amount, status FROM card_attempts")
        );
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(MySqlConnection connection, string query) =>
        [.. await connection.QueryAsync<T>(query)];
}
