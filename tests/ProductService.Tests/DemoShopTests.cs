using System.Net;
using System.Net.Http.Headers;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>product-svc as a developer gets it.</summary>
public sealed class DemoShop : ServiceFactory<Program>
{
    public DemoShop()
        : base("productdb") => Settings["DemoData:Enabled"] = "true";
}

/// <summary>The demo products and their pictures.</summary>
public sealed class DemoShopTests(DemoShop shop) : IClassFixture<DemoShop>
{
    [Fact]
    public async Task Every_product_has_a_picture()
    {
        var client = shop.CreateAnonymousClient();
        var products = await client.GetAsync("/api/products?size=100").JsonAsync();

        Assert.True(products.GetProperty("total").GetInt64() >= 60);
        foreach (var product in products.GetProperty("items").EnumerateArray())
        {
            var picture = await client.GetAsync(product.GetProperty("imageUrl").GetString());
            Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        }
    }

    [Fact]
    public async Task Seeding_again_changes_nothing()
    {
        var admin = shop.CreateAdminClient();
        var before = await admin.GetAsync("/api/products?size=100").JsonAsync();
        var id = before.GetProperty("items")[0].GetProperty("id").GetInt64();
        var sold = await admin.PatchAsync($"/api/products/{id}/stock", Json("""{"change": -1}""")).JsonAsync();

        await shop.MigrateAsync();

        var after = await admin.GetAsync("/api/products?size=100").JsonAsync();
        Assert.Equal(before.GetProperty("total").GetInt64(), after.GetProperty("total").GetInt64());
        Assert.Equal(sold.GetRawText(), (await admin.GetAsync($"/api/products/{id}").JsonAsync()).GetRawText());
    }

    [Fact]
    public async Task Pictures_may_be_kept_and_never_run()
    {
        var client = shop.CreateAnonymousClient();
        var picture = await client.GetAsync("/api/products/images/honey-apple.svg");

        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        Assert.True(picture.Headers.CacheControl?.Public);
        Assert.True(picture.Headers.CacheControl?.MaxAge >= TimeSpan.FromDays(1));
        Assert.Equal("nosniff", Assert.Single(picture.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'",
            Assert.Single(picture.Headers.GetValues("Content-Security-Policy"))
        );

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/products/images/honey-apple.svg");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(picture.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("none.svg")]
    [InlineData("..%2Fproducts.json")]
    [InlineData("..%2F..%2Fappsettings.json")]
    [InlineData("%2e%2e%2fproducts.json")]
    [InlineData("..%5Cproducts.json")]
    [InlineData("%2Fetc%2Fpasswd")]
    public async Task Nothing_but_pictures_is_served(string file) =>
        await shop.CreateAnonymousClient()
            .GetAsync($"/api/products/images/{file}")
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
