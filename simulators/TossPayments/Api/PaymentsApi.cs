using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Api;

/// <summary>The server API, <c>/v1</c>.</summary>
internal static class PaymentsApi
{
    public static void MapPaymentsApi(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<TossPipeline>();
        var payments = app.Services.GetRequiredService<PaymentOperations>();

        app.MapPost("/v1/payments/confirm", Handle(Operation.Confirm, payments.ConfirmAsync));
        app.MapGet("/v1/payments/{paymentKey}", Handle(Operation.Lookup, payments.GetAsync));
        app.MapGet("/v1/payments/orders/{orderId}", Handle(Operation.Lookup, payments.GetByOrderAsync));
        app.MapPost("/v1/payments/{paymentKey}/cancel", Handle(Operation.Cancel, payments.CancelAsync));
        app.MapGet("/v1/transactions", Handle(Operation.Lookup, payments.TransactionsAsync));
        app.Map(
            "/v1/{**path}",
            Handle(Operation.Lookup, (_, call) => Task.FromResult(call.Error(TossErrors.NotFound)))
        );

        RequestDelegate Handle(Operation operation, Func<LedgerDbContext, TossCall, Task<TossAnswer>> handle) =>
            context => pipeline.HandleAsync(context, operation, handle);
    }
}
