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
    public async Task The_administrators_password_follows_the_setting()
    {
        await using var users = new UserServiceFactory();
        await users.InitializeAsync();

        users.Settings["DemoData:AdminPassword"] = "second-admin-password";
        await users.MigrateAsync();

        await users.LogInAsync(Admin, "second-admin-password");
        await new Browser(users.CreateAnonymousClient())
            .LogInAsync(Admin, UserServiceFactory.AdminPassword)
            .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }
}
