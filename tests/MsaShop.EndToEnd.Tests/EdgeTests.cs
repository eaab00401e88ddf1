using System.Net;
using Aspire.Hosting.Testing;

namespace MsaShop.EndToEnd.Tests;

/// <summary>What the outside can reach, and what it cannot.</summary>
[Collection(ShopCollection.Name)]
public sealed class EdgeTests(ShopFixture shop)
{
    [Fact]
    public async Task The_storefront_serves_its_page_and_the_api_on_one_origin()
    {
        using var http = new HttpClient { BaseAddress = shop.App.GetEndpoint("frontend-svc", "http") };

        Assert.Contains("<div id=\"root\">", await http.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("\"items\"", await http.GetStringAsync("/api/products?size=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demos_first_pictures_are_there()
    {
        using var client = shop.NewClient();
        // The demo's products were the first; what other tests add need not have a picture.
        for (var id = 1; id <= 20; id++)
        {
            var product = await client.GetAsync($"/api/products/{id}");
            using var picture = await client.Http.GetAsync(product.Body.GetProperty("imageUrl").GetString());
            Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
            Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/internal/users/1")]
    [InlineData("/api/users/../../internal/users/1")]
    [InlineData("/api/users/..%2f..%2finternal/users/1")]
    public async Task The_internal_endpoints_are_not_routed(string path)
    {
        using var client = await shop.NewClient().SignUpAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("products")]
    [InlineData("orders")]
    [InlineData("payments")]
    public async Task Every_service_has_its_document_on_the_gateway(string service)
    {
        using var client = shop.NewClient();
        var document = await client.GetAsync($"/openapi/{service}.json");

        Assert.Equal(HttpStatusCode.OK, document.Status);
        Assert.StartsWith("3.", document.Body.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(document.Body.GetProperty("paths").EnumerateObject());
    }

    [Theory]
    [InlineData("/api/orders")]
    [InlineData("/api/users/me")]
    [InlineData("/api/payments")]
    public async Task Without_a_token_there_is_nothing_to_see(string path)
    {
        using var client = shop.NewClient();
        var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("unauthenticated", answer.Code);
    }
}
