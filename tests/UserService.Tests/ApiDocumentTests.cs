using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class ApiDocumentTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public Task The_api_is_as_documented() => users.AssertApiIsAsDocumentedAsync();
}
