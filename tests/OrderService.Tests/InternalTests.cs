using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public sealed class InternalTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public Task Only_a_service_with_a_token_for_this_one_gets_in() => shop.AssertInternalIsClosedAsync();
}
