using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

/// <summary>No session outlives the password that it was made with, whatever happens at the same time.</summary>
public sealed class PasswordChangeTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    private const string NewPassword = "brand-new-1";

    [Fact]
    public async Task A_sign_in_answered_while_the_change_is_under_way_is_ended_by_it()
    {
        var (id, email) = await users.SignUpAsync();
        var here = await users.LogInAsync(email);
        var held = users.Hasher.HoldBeforeHash();
        var change = ChangeAsync(id, here);
        await held.Reached;

        var there = await users.LogInAsync(email);
        held.Release();
        await change.JsonAsync();

        Assert.False(await there.IsSignedInAsync());
        Assert.True(await here.IsSignedInAsync());
    }

    [Fact]
    public async Task A_sign_in_whose_password_is_changed_before_it_is_answered_is_refused()
    {
        var (id, email) = await users.SignUpAsync();
        var here = await users.LogInAsync(email);
        var there = new Browser(users.CreateAnonymousClient());
        var held = users.Hasher.HoldAfterCheck();
        var signIn = there.LogInAsync(email, UserServiceFactory.Password);
        await held.Reached;

        await ChangeAsync(id, here).JsonAsync();
        held.Release();

        await signIn.ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        Assert.Null(there.RefreshToken);
    }

    [Fact]
    public async Task Of_two_changes_at_once_from_the_same_password_one_counts()
    {
        var (id, email) = await users.SignUpAsync();
        var (here, there) = (await users.LogInAsync(email), await users.LogInAsync(email));
        var held = users.Hasher.HoldAfterCheck();
        var late = ChangeAsync(id, there, "too-late-1");
        await held.Reached;

        await ChangeAsync(id, here).JsonAsync();
        held.Release();

        await late.InvalidAsync("currentPassword");
        await users.LogInAsync(email, NewPassword);
        Assert.True(await here.IsSignedInAsync());
    }

    /// <summary>Whoever wrote the new password, and however: the rows alone decide.</summary>
    [Fact]
    public async Task A_refresh_wants_the_password_that_the_session_was_made_with()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);
        await using var scope = users.Services.CreateAsyncScope();

        await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Database.ExecuteSqlAsync($"UPDATE users SET password_version = password_version + 1 WHERE id = {id}");

        Assert.False(await browser.IsSignedInAsync());
    }

    private static Task<HttpResponseMessage> ChangeAsync(long id, Browser browser, string password = NewPassword) =>
        browser.SendAsync(
            HttpMethod.Patch,
            "/api/users/me",
            new { newPassword = password, currentPassword = UserServiceFactory.Password },
            TestTokens.AccessToken(id)
        );
}
