using System.Data.Common;
using System.Runtime.CompilerServices;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Orders;

/// <summary>
/// An order as a transaction in SQL reads it, without its recipient and its lines. EF reads it within a query of its own, into
/// which no update fits.
/// </summary>
internal static class OrderRow
{
    private const string Columns =
        "id, order_number, user_id, email, status, total_price, payment_method, depositor_name, pay_by, payment_hold, "
        + "payment_id, created_at, updated_at, hold_attempt";

    /// <summary>Finds the order that the update before has found.</summary>
    public static FormattableString FindUpdated(string orderNumber) =>
        FormattableStringFactory.Create(
            $"SELECT {Columns} FROM orders WHERE ROW_COUNT() = 1 AND order_number = {{0}}",
            orderNumber
        );

    public static Order Read(DbDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            OrderNumber = row.GetString(1),
            UserId = row.GetInt64(2),
            Email = row.GetString(3),
            Status = EnumWords.Parse<OrderStatus>(row.GetString(4))!.Value,
            TotalPrice = row.GetDecimal(5),
            PaymentMethod = EnumWords.Parse<PaymentMethod>(row.GetString(6))!.Value,
            DepositorName = row.IsDBNull(7) ? null : row.GetString(7),
            PayBy = row.GetUtc(8),
            PaymentHold = row.IsDBNull(9) ? null : row.GetUtc(9),
            PaymentId = row.IsDBNull(10) ? null : row.GetInt64(10),
            CreatedAt = row.GetUtc(11),
            UpdatedAt = row.GetUtc(12),
            HoldAttempt = row.IsDBNull(13) ? null : row.GetInt64(13),
        };
}
