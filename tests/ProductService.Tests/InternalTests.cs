using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

public sealed class InternalTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public Task Only_a_service_with_a_token_for_this_one_gets_in() => app.AssertInternalIsClosedAsync();
}
