using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

public sealed class InternalTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public Task Only_a_service_with_a_token_for_this_one_gets_in() =>
        app.AssertInternalIsClosedAsync(ServiceNames.Orders);

    [Fact]
    public Task A_token_alone_makes_nobody_an_administrator_who_changes_anything() =>
        app.AssertATokenAloneMakesNoAdministratorAsync();
}
