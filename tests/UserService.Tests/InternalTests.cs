using System.Net;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class InternalTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public async Task Another_service_learns_who_a_user_is()
    {
        var (id, email) = await users.SignUpAsync();
        var orders = users.CreateServiceClient(ServiceNames.Orders);

        var user = await orders.GetAsync($"/internal/users/{id}").JsonAsync();

        Assert.Equal(email, user.GetProperty("email").GetString());
        Assert.False(user.TryGetProperty("password", out _));
        await orders.GetAsync("/internal/users/999999999").ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public Task Nobody_else_not_even_an_administrator_asks_there() =>
        users.AssertInternalIsClosedAsync(ServiceNames.Gateway, ServiceNames.Orders);
}
