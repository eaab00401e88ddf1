using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

public sealed class ListTests(QuietShop shop) : IClassFixture<QuietShop>
{
    [Fact]
    public Task No_list_goes_on_for_ever() => shop.CreateAdminClient().AssertListsEndAsync(PageRequest.LastPage);
}
