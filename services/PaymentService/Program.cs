using MsaShop.PaymentService;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Deposits;
using MsaShop.PaymentService.OrderEvents;
using MsaShop.PaymentService.Reconciliation;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using MsaShop.PaymentService.Webhooks;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Payments).AddAccessTokens().AddShopOpenApi("MSA Shop: payments");
builder.AddMySqlDbContext<PaymentDbContext>("paymentdb", configureDbContextOptions: options => options.RetryBriefly());
builder.AddOutbox<PaymentDbContext>(outbox =>
    outbox.HandleOrders().HandleCards(builder.Configuration).HandleRefunds(builder.Configuration)
);
builder.Services.AddValidation();

builder.Services.AddOrders().AddToss();
builder.Services.AddCards().AddTossWebhooks();
builder.Services.AddDeposits().AddRefunds().AddOrderEvents().AddReconciliation();

var app = builder.Build();

app.UseServiceDefaults();
app.MapPayments();
app.MapCards();
app.MapTossWebhooks();
app.MapDeposits();
app.MapRefunds();
app.MapReconciliation();
app.MapSetAsideEvents();
app.MapOutbox("/api/payments/outbox");

if (ReconciliationCommand.IsReconcile(args))
{
    return await app.ReconcileAsync(args);
}

// Reasons of refunds are left alone: they must stay as Toss was told them.
await app.RunOrMigrateAsync<PaymentDbContext>(
    args,
    [new("payments", "depositor_name", "announced_name"), new("payment_changes", "reason")]
);
return Environment.ExitCode;
