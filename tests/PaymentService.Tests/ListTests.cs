using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public sealed class ListTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Fact]
    public Task No_list_goes_on_for_ever() => shop.CreateAdminClient().AssertListsEndAsync(PageRequest.LastPage);
}
