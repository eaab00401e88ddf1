using MsaShop.AppHost;
using MsaShop.AppHost.Dashboard;
using MsaShop.AppHost.Databases;
using MsaShop.AppHost.Security;
using MsaShop.AppHost.Starting;
using MsaShop.AppHost.TossPayments;

OneLineErrors.Use();
var builder = DistributedApplication.CreateBuilder(args);

// Secrets: generated once per machine and kept in user secrets. In the cluster they are Kubernetes Secrets.
var adminPassword = builder.AddGeneratedPassword("admin-password", "The shop's administrator signs in with it.");
var tokenKeys = builder.AddTokenKeys("token", "user-svc signs access tokens with it");

// Each calling service has a key pair of its own; only the services it calls get the public half.
var gatewayKeys = builder.AddTokenKeys("gateway-svc", "gateway-svc signs its calls of the services with it");
var orderKeys = builder.AddTokenKeys("order-svc", "order-svc signs its calls of other services with it");
var paymentKeys = builder.AddTokenKeys("payment-svc", "payment-svc signs its calls of order-svc with it");

// Databases: one server per service, and one database user per database, without access to anything else. paymentdb
// shares order-svc's server.
var mysqlUser = builder.AddShopMySql("mysql-user", port: 3306);
var mysqlOrder = builder.AddShopMySql("mysql-order", port: 3307);
var mysqlProduct = builder.AddShopMySql("mysql-product", port: 3308);

var userDb = mysqlUser.AddShopDatabase("userdb");
var orderDb = mysqlOrder.AddShopDatabase("orderdb");
var paymentDb = mysqlOrder.AddShopDatabase("paymentdb");
var productDb = mysqlProduct.AddShopDatabase("productdb");

// The card payment provider; in run mode a simulator stands in for it.
var toss = builder.AddTossPayments();

var users = builder
    .AddShopService<Projects.UserService>(
        "user-svc",
        port: 8081,
        icon: "People",
        userDb,
        migration => migration.WithEnvironment("Administrator__Password", adminPassword)
    )
    .WithTokenSigning(tokenKeys)
    .WithCaller("gateway-svc", gatewayKeys)
    .WithCaller("order-svc", orderKeys);

var products = builder
    .AddShopService<Projects.ProductService>("product-svc", port: 8082, icon: "Tag", productDb)
    .WithTokenValidation(tokenKeys)
    .WithCaller("gateway-svc", gatewayKeys)
    .WithCaller("order-svc", orderKeys);

var orders = builder
    .AddShopService<Projects.OrderService>("order-svc", port: 8083, icon: "ReceiptBag", orderDb)
    .WithTokenValidation(tokenKeys)
    .WithServiceTokens(orderKeys)
    .WithCaller("gateway-svc", gatewayKeys)
    .WithCaller("payment-svc", paymentKeys)
    .WithReference(users)
    .WithReference(products)
    .WaitFor(users)
    .WaitFor(products);

var payments = builder.AddShopService<Projects.PaymentService>("payment-svc", port: 8084, icon: "Payment", paymentDb);
AddPaymentDependencies(payments);
payments.WithCommandOnDemand<Projects.PaymentService>("reconcile", icon: "Scales", paymentDb, AddPaymentDependencies);

// The edge: the only entry to the API, and the storefront that uses it.
var gateway = builder
    .AddShopService<Projects.Gateway>("gateway-svc", port: 9090, icon: "DoorArrowRight")
    .WithTokenValidation(tokenKeys)
    .WithServiceTokens(gatewayKeys)
    .WithReference(users)
    .WithReference(products)
    .WithReference(orders)
    .WithReference(payments)
    .WaitFor(users)
    .WaitFor(products)
    .WaitFor(orders)
    .WaitFor(payments)
    // The gateway has a setting of its own for which forwarded headers to trust.
    .WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "false")
    .WithExternalHttpEndpoints()
    .WithPage("/docs", "API reference");

toss.SendWebhooksTo(gateway);

var storefront = builder
    .AddViteApp("frontend-svc", "../frontend")
    // A package feed that differs from the lock file must not change this repository.
    .WithNpm(installArgs: ["--no-save"])
    .WithPort(3000)
    .WithHttpHealthCheck("/")
    .WithReference(gateway)
    .WaitFor(gateway)
    .WithTossWindow(toss)
    .WithOtlpExporter(OtlpProtocol.HttpProtobuf)
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Storefront")
    .WithPage("/admin", "Admin area")
    .WithIconNames("BuildingShop", installer: "BoxArrowUp");

builder.UsePlainHttp();
builder.StartBuiltPrograms();
builder.CheckBeforeStart();
builder.AnnounceWhenHealthy(storefront, gateway);

// Disposing removes the data of a throwaway run.
using var shop = builder.Build();
shop.Run();

void AddPaymentDependencies(IResourceBuilder<ProjectResource> service) =>
    service
        .WithTokenValidation(tokenKeys)
        .WithServiceTokens(paymentKeys)
        .WithCaller("gateway-svc", gatewayKeys)
        .WithTossPayments(toss)
        .WithReference(orders);
