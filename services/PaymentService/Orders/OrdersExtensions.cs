using MsaShop.ServiceDefaults;

namespace MsaShop.PaymentService.Orders;

public static class OrdersExtensions
{
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddServiceClient<OrderClient>(ServiceNames.Orders);
        return services.AddScoped<OrderNotifier>().AddScoped<HoldReleaser>();
    }

    public static OutboxRoutes HandleOrders(this OutboxRoutes outbox) =>
        outbox
            .Handle<OrderPaid, OrderPaidHandler>()
            .Handle<ReleaseHold, ReleaseHoldHandler>()
            .Handle<OrderRefunded, OrderRefundedHandler>()
            .Handle<ForgetDeposit, ForgetDepositHandler>();
}
