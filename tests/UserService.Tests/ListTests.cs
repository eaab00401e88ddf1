using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class ListTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public async Task No_list_goes_on_for_ever() =>
        await (await users.CreateAdministratorAsync()).AssertListsEndAsync(PageRequest.LastPage);
}
