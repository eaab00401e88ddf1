using MsaShop.Data;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>What is written when an order is placed: what happens most often, in SQL.</summary>
internal static class PlacingStatements
{
    /// <summary>The order, if its placement still runs, which nobody else ends from here on.</summary>
    public static void WriteOrder(this BriefTransaction transaction, Order order) =>
        transaction.Write(
            $"""
            INSERT INTO orders
                (order_number, user_id, email, status, total_price, payment_method, recipient_name, recipient_phone,
                 recipient_postal_code, recipient_address1, recipient_address2, depositor_name, pay_by, created_at,
                 updated_at)
            SELECT order_number, {order.UserId}, {order.Email}, {order.Status.ToWord()}, {order.TotalPrice},
                {order.PaymentMethod.ToWord()}, {order.Recipient?.Name}, {order.Recipient?.Phone},
                {order.Recipient?.PostalCode}, {order.Recipient?.Address1}, {order.Recipient?.Address2},
                {order.DepositorName}, {order.PayBy}, {order.CreatedAt}, {order.UpdatedAt}
            FROM order_placements
            WHERE order_number = {order.OrderNumber} AND state = 'RUNNING'
            FOR UPDATE
            """
        );

    public static void WriteItems(this BriefTransaction transaction, Order order)
    {
        foreach (var item in order.Items)
        {
            transaction.Write(
                $"""
                INSERT INTO order_items (order_id, product_id, product_name, price, quantity)
                VALUES ({order.Id}, {item.ProductId}, {item.ProductName}, {item.Price}, {item.Quantity})
                """
            );
        }
    }

    /// <summary>The end of a placement that is locked.</summary>
    public static void WritePlaced(
        this BriefTransaction transaction,
        string orderNumber,
        RecordedAnswer answer,
        DateTime now
    ) =>
        transaction.Write(
            $"""
            UPDATE order_placements
            SET state = {PlacementState.Placed.ToWord()}, answer_status = {answer.Status},
                answer_location = {answer.Location}, answer_body = {answer.Body}, updated_at = {now}
            WHERE order_number = {orderNumber}
            """
        );
}
