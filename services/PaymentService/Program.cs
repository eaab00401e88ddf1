using MsaShop.PaymentService;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Deposits;
using MsaShop.PaymentService.OrderEvents;
using MsaShop.PaymentService.Reconciliation;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using MsaShop.PaymentService.Webhooks;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Payments).AddAccessTokens().AddShopOpenApi("MSA Shop: payments");
builder.AddMySqlDbContext<PaymentDbContext>("paymentdb", configureDbContextOptions: options => options.RetryBriefly());
builder.AddOutbox<PaymentDbContext>(outbox =>
    outbox.HandleOrders().HandleCards(builder.Configuration).HandleRefunds(builder.Configuration)
);
builder.Services.AddValidation();

builder.AddOrders();
builder.AddToss();
builder.AddCards();
builder.AddTossWebhooks();
builder.AddDeposits();
builder.AddRefunds();
builder.AddOrderEvents();
builder.AddReconciliation();

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
