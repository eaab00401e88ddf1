using MsaShop.AppHost;
using MsaShop.AppHost.Databases;
using MsaShop.AppHost.Security;
using MsaShop.AppHost.Starting;
using MsaShop.AppHost.TossPayments;

OneLineErrors.Use();
var builder = DistributedApplication.CreateBuilder(args);

// Secrets: generated once per machine and kept in user secrets; in the cluster, Kubernetes Secrets take their place.
var adminPassword = builder.AddGeneratedPassword("admin-password");
var serviceKey = builder.AddGeneratedPassword("service-token-key", minLength: 44);
var tokenKeys = builder.AddTokenKeys();

// Databases: one server a service, and one database user for each database that can reach nothing else.
var mysqlUser = builder.AddShopMySql("mysql-user", port: 3306);
var mysqlOrder = builder.AddShopMySql("mysql-order", port: 3307);
var mysqlProduct = builder.AddShopMySql("mysql-product", port: 3308);

var userDb = mysqlUser.AddShopDatabase("userdb");
var orderDb = mysqlOrder.AddShopDatabase("orderdb");
var paymentDb = mysqlOrder.AddShopDatabase("paymentdb");
var productDb = mysqlProduct.AddShopDatabase("productdb");

// Outside: whom the shop pays by card through. On a developer's machine a simulator stands in for it.
var toss = builder.AddTossPayments();

// Services.
var users = builder
    .AddShopService<Projects.UserService>(
        "user-svc",
        port: 8081,
        userDb,
        migration => migration.WithEnvironment("Administrator__Password", adminPassword)
    )
    .WithTokenSigning(tokenKeys)
    .WithServiceTokens(serviceKey);

var products = builder
    .AddShopService<Projects.ProductService>("product-svc", port: 8082, productDb)
    .WithTokenValidation(tokenKeys)
    .WithServiceTokens(serviceKey);

var orders = builder
    .AddShopService<Projects.OrderService>("order-svc", port: 8083, orderDb)
    .WithTokenValidation(tokenKeys)
    .WithServiceTokens(serviceKey)
    .WithReference(users)
    .WithReference(products)
    .WaitFor(users)
    .WaitFor(products);

var payments = builder.AddShopService<Projects.PaymentService>("payment-svc", port: 8084, paymentDb);
AddPaymentDependencies(payments);
payments.WithCommandOnDemand<Projects.PaymentService>("reconcile", paymentDb, AddPaymentDependencies);

// The edge: the only door to the API, and the storefront that goes through it.
var gateway = builder
    .AddShopService<Projects.Gateway>("gateway-svc", port: 9090)
    .WithTokenValidation(tokenKeys)
    .WithReference(users)
    .WithReference(products)
    .WithReference(orders)
    .WithReference(payments)
    .WaitFor(users)
    .WaitFor(products)
    .WaitFor(orders)
    .WaitFor(payments)
    // Whom to believe about a client's address is a setting of the gateway's own.
    .WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "false")
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Gateway")
    .WithUrlForEndpoint("http", _ => new() { Url = "/docs", DisplayText = "API reference" });

toss.SendWebhooksTo(gateway);

var storefront = builder
    .AddViteApp("frontend-svc", "../frontend")
    // What a feed lacks, or has beyond the lock file, is no change of this repository's.
    .WithNpm(installArgs: ["--no-save"])
    .WithPort(3000)
    .WithHttpHealthCheck("/")
    .WithReference(gateway)
    .WaitFor(gateway)
    .WithTossWindow(toss)
    .WithOtlpExporter(OtlpProtocol.HttpProtobuf)
    .WithExternalHttpEndpoints()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Storefront");

builder.UsePlainHttp();
builder.StartBuiltPrograms();
builder.CheckBeforeStart();
builder.AnnounceWhenHealthy(storefront, gateway);

// Disposed of, so that what is this run's alone goes with it.
using var shop = builder.Build();
shop.Run();

void AddPaymentDependencies(IResourceBuilder<ProjectResource> service) =>
    service.WithTokenValidation(tokenKeys).WithServiceTokens(serviceKey).WithTossPayments(toss).WithReference(orders);
