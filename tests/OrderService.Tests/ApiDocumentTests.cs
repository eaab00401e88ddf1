using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public sealed class ApiDocumentTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public Task The_api_is_as_documented() => shop.AssertApiIsAsDocumentedAsync();
}
