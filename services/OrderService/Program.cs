using MsaShop.OrderService;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Paying;
using MsaShop.OrderService.Placing;
using MsaShop.OrderService.Statistics;
using MsaShop.OrderService.Stock;
using MsaShop.OrderService.Users;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Orders).AddAccessTokens().AddShopOpenApi("MSA Shop: orders");
builder.AddMySqlDbContext<OrderDbContext>("orderdb", configureDbContextOptions: options => options.RetryBriefly());
builder.AddOutbox<OrderDbContext>(outbox => outbox.Handle<ReturnStock, ReturnStockHandler>());
builder.Services.AddValidation();

builder.Services.AddServiceClient<UserClient>(ServiceNames.Users);
builder.AddStock();
builder.AddPlacing();
builder.AddOrders();
builder.AddLifecycle();
builder.AddStatistics();
builder.Services.AddScoped<OrderEventStore>();

var app = builder.Build();

app.UseServiceDefaults();
app.MapPlacing();
app.MapOrders();
app.MapStatistics();
app.MapOutbox("/api/orders/outbox");

var services = app.MapInternal();
services.MapPaying();
services.MapOrderFeed();

await app.RunOrMigrateAsync<OrderDbContext>(
    args,
    [
        new("orders", "email", "depositor_name", "recipient_name", "recipient_address1", "recipient_address2"),
        new("order_items", "product_name"),
        new("order_status_changes", "reason"),
    ]
);
