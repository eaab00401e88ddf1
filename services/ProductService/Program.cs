using MsaShop.ProductService;
using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Products);
builder.AddAccessTokens();
builder.AddShopOpenApi("MSA Shop: products");
builder.AddProductDatabase();
builder.Services.AddValidation();
builder.AddCatalogue();
builder.AddStock();

var app = builder.Build();

app.UseServiceDefaults();
app.MapProducts();
app.MapProductImages();
app.MapStock();
app.MapInternal().MapOrderStock();

await app.RunOrMigrateAsync<ProductDbContext>(
    args,
    [new("products", "name", "description", "category"), new("stock_movements", "reason")],
    async (services, cancellationToken) =>
    {
        await DemoCatalogueSeed.SeedAsync(services, cancellationToken);
        await SearchIndexRepair.RepairAsync(services, cancellationToken);
    }
);
