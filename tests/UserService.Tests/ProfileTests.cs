using System.Net;
using System.Net.Http.Json;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class ProfileTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public async Task What_is_absent_stays_and_an_empty_phone_number_goes()
    {
        var (id, _) = await users.SignUpAsync();
        var me = users.CreateClientFor(id);

        var renamed = await me.PatchAsJsonAsync("/api/users/me", new { name = " 임꺽정 " }).JsonAsync();
        var phoneless = await me.PatchAsJsonAsync("/api/users/me", new { phone = "" }).JsonAsync();

        Assert.Equal("임꺽정", renamed.GetProperty("name").GetString());
        Assert.Equal("010-1111-2222", renamed.GetProperty("phone").GetString());
        Assert.Equal("임꺽정", phoneless.GetProperty("name").GetString());
        Assert.False(phoneless.TryGetProperty("phone", out _));
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var (id, _) = await users.SignUpAsync();

        await users
            .CreateClientFor(id)
            .PatchAsJsonAsync(
                "/api/users/me",
                new
                {
                    name = "  ",
                    phone = "12",
                    newPassword = "short",
                }
            )
            .InvalidAsync("name", "phone", "newPassword");
    }

    [Fact]
    public async Task A_new_password_wants_the_current_one()
    {
        var (id, email) = await users.SignUpAsync();
        var me = users.CreateClientFor(id);

        await me.PatchAsJsonAsync("/api/users/me", new { newPassword = "brand-new-1" }).InvalidAsync("currentPassword");
        await me.PatchAsJsonAsync("/api/users/me", new { newPassword = "brand-new-1", currentPassword = "wrong" })
            .InvalidAsync("currentPassword");

        await users.LogInAsync(email);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_elsewhere()
    {
        var (id, email) = await users.SignUpAsync();
        var here = await users.LogInAsync(email);
        var there = await users.LogInAsync(email);

        await here.SendAsync(
                HttpMethod.Patch,
                "/api/users/me",
                new { newPassword = "brand-new-1", currentPassword = UserServiceFactory.Password },
                TestTokens.AccessToken(id)
            )
            .JsonAsync();

        Assert.True(await here.IsSignedInAsync());
        Assert.False(await there.IsSignedInAsync());
        await users.LogInAsync(email, "brand-new-1");
        await new Browser(users.CreateAnonymousClient())
            .LogInAsync(email, UserServiceFactory.Password)
            .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }

    [Fact]
    public async Task Only_a_token_that_we_signed_and_that_is_valid_opens_an_account()
    {
        var (id, _) = await users.SignUpAsync();

        foreach (
            var token in new[]
            {
                TestTokens.ForgedAccessToken(id),
                TestTokens.AccessToken(id, lifetime: TimeSpan.FromMinutes(-1)),
                TestTokens.ServiceToken("order-svc", "user-svc"),
                "rubbish",
            }
        )
        {
            await users
                .CreateAnonymousClient()
                .WithToken(token)
                .GetAsync("/api/users/me")
                .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }

        await users
            .CreateAnonymousClient()
            .GetAsync("/api/users/me")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
