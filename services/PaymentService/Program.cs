using MsaShop.PaymentService;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Outbox;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Payments).AddAccessTokens().AddShopOpenApi("MSA Shop: payments");
builder.AddMySqlDbContext<PaymentDbContext>("paymentdb", configureDbContextOptions: options => options.RetryBriefly());
builder.AddOutbox<PaymentDbContext>(outbox => outbox.Handle<ReleaseHold, ReleaseHoldHandler>());
builder.Services.AddValidation();

builder.Services.AddServiceClient<OrderClient>(ServiceNames.Orders);
builder.Services.AddToss();

var app = builder.Build();

app.UseServiceDefaults();
app.MapPayments();
app.MapOutbox("/api/payments/outbox");

await app.RunOrMigrateAsync<PaymentDbContext>(args);
