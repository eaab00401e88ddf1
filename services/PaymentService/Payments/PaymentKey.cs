using MsaShop.PaymentService.Orders;

namespace MsaShop.PaymentService.Payments;

/// <summary>Which payment is meant.</summary>
internal abstract record PaymentKey
{
    private PaymentKey() { }

    /// <summary>The one with this id.</summary>
    public sealed record Of(long Id) : PaymentKey;

    /// <summary>The one of this order.</summary>
    public sealed record OfOrder(long OrderId) : PaymentKey;

    /// <summary>The one of this order, which begins now if there is none.</summary>
    public sealed record OfOrderOrNew(ShopOrder Order) : PaymentKey;

    /// <summary>The one that has this refund.</summary>
    public sealed record OfRefund(long RefundId) : PaymentKey;
}
