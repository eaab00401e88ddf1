using MsaShop.Bench.Floor;
using MySqlConnector;

// The least that the same work costs in .NET: a bare minimal API, SQL by hand, one process, no validation, no
// telemetry. The shop is measured against it; it is no example of how to write one.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(options =>
    options.SerializerOptions.TypeInfoResolverChain.Insert(0, FloorJson.Default)
);
builder.Services.AddSingleton(new MySqlDataSource(builder.Configuration.GetConnectionString("floor")!));

var app = builder.Build();
app.MapGet("/products", Products.ListAsync);
app.MapGet("/search", Products.SearchAsync);
app.MapGet("/products/{id:long}", Products.ReadAsync);
app.MapPost("/orders", Orders.PlaceAsync);

// A small answer for a gateway that takes this for product-svc.
app.MapGet("/api/products/1", () => Results.Text("""{"id":1,"name":"원두","price":12000}""", "application/json"));
app.MapGet("/alive", () => "Healthy");
app.Run();
