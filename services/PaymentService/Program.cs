using MsaShop.PaymentService;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Payments).AddAccessTokens().AddShopOpenApi("MSA Shop: payments");
builder.AddMySqlDbContext<PaymentDbContext>("paymentdb", configureDbContextOptions: options => options.RetryBriefly());
builder.Services.AddValidation();

var app = builder.Build();

app.UseServiceDefaults();
app.MapPayments();

await app.RunOrMigrateAsync<PaymentDbContext>(args);
