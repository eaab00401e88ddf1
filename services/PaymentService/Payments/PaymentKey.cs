namespace MsaShop.PaymentService.Payments;

/// <summary>Which payment is meant.</summary>
internal abstract record PaymentKey
{
    private PaymentKey() { }

    public sealed record Of(long Id) : PaymentKey;

    public sealed record OfOrder(long OrderId) : PaymentKey;

    /// <summary>The order's payment, created if there is none.</summary>
    public sealed record OfOrderOrNew(ShopOrder Order) : PaymentKey;

    public sealed record OfRefund(long RefundId) : PaymentKey;
}
