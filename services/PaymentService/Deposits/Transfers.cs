using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

internal static class Transfers
{
    /// <summary>The payment of an order that is paid by bank transfer, before the money has come.</summary>
    public static Payment ToTransfer(this ShopOrder order, DateTime now) =>
        new()
        {
            OrderId = order.Id,
            OrderNumber = order.OrderNumber,
            UserId = order.UserId,
            Amount = order.TotalPrice,
            Method = PaymentMethod.BankTransfer,
            DepositorName = order.DepositorName,
            CreatedAt = now,
            UpdatedAt = now,
        };
}
