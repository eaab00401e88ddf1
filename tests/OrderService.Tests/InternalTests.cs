using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public sealed class InternalTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public Task Only_a_service_with_a_token_for_this_one_gets_in() =>
        shop.AssertInternalIsClosedAsync(ServiceNames.Payments);

    [Fact]
    public Task A_token_alone_makes_nobody_an_administrator_who_changes_anything() =>
        shop.AssertATokenAloneMakesNoAdministratorAsync();
}
