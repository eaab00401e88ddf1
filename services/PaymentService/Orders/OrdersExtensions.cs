namespace MsaShop.PaymentService.Orders;

internal static class OrdersExtensions
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<OrderClient>(ServiceNames.Orders);
        builder.Services.AddScoped<OrderNotifier>().AddScoped<HoldReleaser>();
    }

    public static OutboxRoutes HandleOrders(this OutboxRoutes outbox) =>
        outbox
            .Handle<OrderPaid, OrderPaidHandler>()
            .Handle<ReleaseHold, ReleaseHoldHandler>()
            .Handle<OrderRefunded, OrderRefundedHandler>()
            .Handle<ForgetDeposit, ForgetDepositHandler>();
}
