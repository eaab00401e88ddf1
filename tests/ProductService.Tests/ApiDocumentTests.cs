using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

public sealed class ApiDocumentTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public Task The_api_is_as_documented() => app.AssertApiIsAsDocumentedAsync();
}
