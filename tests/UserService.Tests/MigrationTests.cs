using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task A_database_from_before_the_first_release_is_refused_in_one_line_and_stays_as_it_is()
    {
        await using var users = new UserServiceFactory();
        await users.InitializeAsync();
        await ExecuteAsync(users, "UPDATE __EFMigrationsHistory SET MigrationId = '20261122235850_Users'");

        var exception = Assert.Throws<InvalidOperationException>(() => RunMigrate(users));

        Assert.Contains("ended with 1:", exception.Message, StringComparison.Ordinal);
        var line = Assert.Single(exception.Message.Split('\n'), line => line.Contains("20261122235850_Users"));
        Assert.Matches("test_[0-9a-f]{32} was made .* delete the database server's data \\(/.*/, or ", line);
        Assert.DoesNotContain("   at ", exception.Message, StringComparison.Ordinal);
        await users.LogInAsync("shopper@example.com", "shopper-1234");
    }

    [Fact]
    public async Task A_database_that_a_later_release_has_migrated_is_none_of_those()
    {
        await using var users = new UserServiceFactory();
        await users.InitializeAsync();
        await ExecuteAsync(users, "INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '9.0.0')");

        Assert.Contains("0 migrations applied", RunMigrate(users), StringComparison.Ordinal);
    }

    /// <summary>Runs the service's program as its init container does; what it logs is what it prints.</summary>
    private static string RunMigrate(UserServiceFactory users) =>
        Repository.Run(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "UserService.dll"),
                "migrate",
                .. users.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
                "--Logging:LogLevel:Default=Information",
            ]
        );

    private static async Task ExecuteAsync(UserServiceFactory users, string sql)
    {
        await using var scope = users.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UserDbContext>().Database.ExecuteSqlRawAsync(sql);
    }
}
