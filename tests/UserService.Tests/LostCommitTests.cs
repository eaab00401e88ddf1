using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Tests;

/// <summary>When the answer to a commit is lost, what was committed counts once, and is answered as done.</summary>
public sealed class LostCommitTests : IClassFixture<UserServiceFactory>, IAsyncLifetime
{
    private const string NewPassword = "brand-new-1";

    private readonly UserServiceFactory _users;
    private readonly LossyDatabase _way;
    private readonly UserServiceFactory _replica;

    public LostCommitTests(UserServiceFactory users)
    {
        _users = users;
        _way = LossyDatabase.InFrontOf(users.Settings["ConnectionStrings:userdb"]!);
        _replica = users.CreateReplica(_way.ConnectionString);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _way.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_and_going_on()
    {
        var (_, email) = await _users.SignUpAsync();

        _way.LoseCommits(1);
        var browser = await _replica.LogInAsync(email);
        _way.LoseCommits(1);
        await browser.RefreshAsync().JsonAsync();

        Assert.Equal(2, _way.Lost);
        Assert.True(await browser.IsSignedInAsync());
    }

    /// <summary>Null: the answer is lost. Otherwise what it would have answered comes late.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("INSERT INTO `users`")]
    [InlineData("FROM `users`")]
    public async Task Signing_up(string? until)
    {
        if (until is null)
        {
            _way.LoseAnswerTo("INSERT INTO `users`");
        }
        else
        {
            _way.DelayPast("INSERT INTO `users`", until);
        }

        var (id, email) = await _replica.SignUpAsync();

        Assert.Equal(1, _way.Lost);
        var browser = await _users.LogInAsync(email);
        Assert.True(await browser.IsSignedInAsync());
        await using var scope = _users.Services.CreateAsyncScope();
        Assert.Equal(
            [id],
            await scope
                .ServiceProvider.GetRequiredService<UserDbContext>()
                .Users.Where(user => user.Email == email)
                .Select(user => user.Id)
                .ToListAsync()
        );
    }

    [Fact]
    public async Task Changing_the_password()
    {
        var (id, email) = await _users.SignUpAsync();
        var browser = await _replica.LogInAsync(email);

        _way.LoseCommits(1);
        await browser
            .SendAsync(
                HttpMethod.Patch,
                "/api/users/me",
                new { newPassword = NewPassword, currentPassword = UserServiceFactory.Password },
                TestTokens.AccessToken(id)
            )
            .JsonAsync();

        Assert.Equal(1, _way.Lost);
        Assert.True(await browser.IsSignedInAsync());
        await _users.LogInAsync(email, NewPassword);
    }

    [Fact]
    public async Task Changing_a_role()
    {
        var (id, _) = await _users.SignUpAsync();
        var (adminId, _) = await _users.AddAdministratorAsync();

        _way.LoseCommits(1);
        await _replica
            .CreateAdminClient(adminId)
            .PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" })
            .JsonAsync();

        Assert.Equal(1, _way.Lost);
        Assert.Equal(UserRole.Admin, await _users.RoleOfAsync(id));
        await using var scope = _users.Services.CreateAsyncScope();
        Assert.Equal(
            1,
            await scope
                .ServiceProvider.GetRequiredService<UserDbContext>()
                .RoleChanges.CountAsync(change => change.UserId == id)
        );
    }
}
