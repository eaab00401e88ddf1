using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

public sealed class ListTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public Task No_list_goes_on_for_ever() => app.CreateAdminClient().AssertListsEndAsync(PageRequest.LastPage);
}
