using MsaShop.Outbox;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.Orders;

/// <summary>What order-svc is asked and told.</summary>
public static class OrdersExtensions
{
    /// <summary>Adds what asks and tells order-svc.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddServiceClient<OrderClient>(ServiceNames.Orders);
        return services.AddScoped<OrderNotifier>().AddScoped<HoldReleaser>();
    }

    /// <summary>Handles the messages for order-svc.</summary>
    public static OutboxRoutes HandleOrders(this OutboxRoutes outbox) =>
        outbox
            .Handle<OrderPaid, OrderPaidHandler>()
            .Handle<ReleaseHold, ReleaseHoldHandler>()
            .Handle<OrderRefunded, OrderRefundedHandler>()
            .Handle<ForgetDeposit, ForgetDepositHandler>();
}
