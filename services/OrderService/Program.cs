using MsaShop.OrderService;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Http;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Orders).AddAccessTokens().AddShopOpenApi("MSA Shop: orders");
builder.AddMySqlDbContext<OrderDbContext>("orderdb", configureDbContextOptions: options => options.RetryBriefly());
builder.Services.AddValidation();

builder.Services.AddServiceClient<UserClient>(ServiceNames.Users);
builder.Services.AddServiceClient<StockClient>(ServiceNames.Products);
builder.Services.AddStockReturns();
builder.Services.AddOrders();

var app = builder.Build();

app.UseServiceDefaults();
app.MapOrders();

await app.RunOrMigrateAsync<OrderDbContext>(args);
