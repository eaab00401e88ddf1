using System.Net;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class MigrationTests
{
    private const string Admin = "admin@shop.example.com";

    [Fact]
    public async Task Migrating_again_or_twice_at_once_changes_nothing_and_the_demo_users_can_sign_in()
    {
        await using var users = new UserServiceFactory();
        await users.InitializeAsync();

        await Task.WhenAll(users.MigrateAsync(), users.MigrateAsync());

        await users.LogInAsync("shopper@example.com", "shopper-1234");
        await users.LogInAsync(Admin, UserServiceFactory.AdminPassword);
    }

    [Fact]
    public async Task On_a_developers_machine_the_administrators_password_follows_the_setting()
    {
        await using var users = new UserServiceFactory();
        await users.InitializeAsync();

        var before = await users.LogInAsync(Admin, UserServiceFactory.AdminPassword);
        users.Settings["Administrator:Password"] = "second-admin-password";
        await users.MigrateAsync();

        Assert.False(await before.IsSignedInAsync());
        await users.LogInAsync(Admin, "second-admin-password");
        await new Browser(users.CreateAnonymousClient())
            .LogInAsync(Admin, UserServiceFactory.AdminPassword)
            .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }

    [Fact]
    public async Task Elsewhere_there_is_an_administrator_and_no_demo_user_and_the_password_stays_as_it_was()
    {
        await using var users = new UserServiceFactory();
        users.Settings["Administrator:Email"] = "boss@example.com";
        await users.InitializeAsync(demo: false);

        users.Settings["Administrator:Password"] = "second-admin-password";
        await users.MigrateAsync();

        await users.LogInAsync("boss@example.com", UserServiceFactory.AdminPassword);
        await new Browser(users.CreateAnonymousClient())
            .LogInAsync("shopper@example.com", "shopper-1234")
            .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }
}
