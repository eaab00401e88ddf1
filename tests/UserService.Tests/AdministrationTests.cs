using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Tests;

public sealed class AdministrationTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public async Task The_list_is_filtered_paged_and_newest_first()
    {
        var ids = new List<long>();
        var mark = Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < 3; i++)
        {
            var user = await users
                .CreateAnonymousClient()
                .PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup($"{mark}-{i}@example.com"))
                .JsonAsync(HttpStatusCode.Created);
            ids.Add(user.GetProperty("id").GetInt64());
        }

        var admin = await users.CreateAdministratorAsync();
        var first = await admin.GetAsync($"/api/users?q={mark.ToUpperInvariant()}&size=2").JsonAsync();
        var second = await admin.GetAsync($"/api/users?q={mark}&size=2&page=2").JsonAsync();
        var administrators = await admin.GetAsync("/api/users?role=ADMIN").JsonAsync();

        Assert.Equal([ids[2], ids[1]], Ids(first));
        Assert.Equal(3, first.GetProperty("total").GetInt64());
        Assert.Equal([ids[0]], Ids(second));
        Assert.NotEmpty(Ids(administrators));
        Assert.All(
            administrators.GetProperty("items").EnumerateArray(),
            user => Assert.Equal("ADMIN", user.GetProperty("role").GetString())
        );
    }

    [Fact]
    public async Task Who_changed_whose_role_and_when_is_listed_the_newest_first()
    {
        var (id, email) = await users.SignUpAsync();
        var (other, _) = await users.SignUpAsync();
        var (adminId, _) = await users.AddAdministratorAsync();
        var admin = users.CreateAdminClient(adminId);
        foreach (var (user, role) in new[] { (id, "ADMIN"), (other, "ADMIN"), (id, "USER"), (id, "USER") })
        {
            await admin.PatchAsJsonAsync($"/api/users/{user}/role", new { role }).JsonAsync();
        }

        var all = await admin.GetAsync("/api/users/role-changes?size=3").JsonAsync();
        var one = await admin.GetAsync($"/api/users/role-changes?userId={id}&size=1&page=2").JsonAsync();

        Assert.Equal(
            [(id, "ADMIN", "USER"), (other, "USER", "ADMIN"), (id, "USER", "ADMIN")],
            all.GetProperty("items")
                .EnumerateArray()
                .Select(change =>
                    (
                        change.GetProperty("userId").GetInt64(),
                        change.GetProperty("oldRole").GetString()!,
                        change.GetProperty("newRole").GetString()!
                    )
                )
        );
        Assert.Equal(2, one.GetProperty("total").GetInt64());
        var first = Assert.Single(one.GetProperty("items").EnumerateArray());
        Assert.Equal("ADMIN", first.GetProperty("newRole").GetString());
        Assert.Equal(email, first.GetProperty("email").GetString());
        Assert.Equal(adminId, first.GetProperty("changedBy").GetInt64());
        Assert.NotEmpty(first.GetProperty("changedByName").GetString()!);
        Assert.InRange(first.GetProperty("changedAt").GetDateTime(), DateTime.UtcNow.AddHours(-1), DateTime.UtcNow);
        await admin.GetAsync("/api/users/role-changes?userId=0&page=0").InvalidAsync("userId", "page");
        await users
            .CreateClientFor(id)
            .GetAsync("/api/users/role-changes")
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_is_asked_is_checked() =>
        await (await users.CreateAdministratorAsync())
            .GetAsync("/api/users?size=101&page=0&role=KING")
            .InvalidAsync("size", "page", "role");

    [Fact]
    public async Task Only_administrators_see_users_and_change_roles()
    {
        var (id, _) = await users.SignUpAsync();
        var shopper = users.CreateClientFor(id);

        await shopper.GetAsync("/api/users").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await shopper
            .PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" })
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await users
            .CreateAnonymousClient()
            .GetAsync("/api/users")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_new_role_stands_in_the_token_of_the_next_sign_in_and_ends_the_sessions_of_the_old_one()
    {
        var (id, email) = await users.SignUpAsync();
        var before = await users.LogInAsync(email);
        var admin = await users.CreateAdministratorAsync();

        await admin.PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" }).JsonAsync();

        Assert.False(await before.IsSignedInAsync());
        var browser = new Browser(users.CreateAnonymousClient());
        var session = await browser.LogInAsync(email, UserServiceFactory.Password).JsonAsync();
        Assert.Equal("ADMIN", session.GetProperty("user").GetProperty("role").GetString());
        await browser
            .SendAsync(HttpMethod.Get, "/api/users", accessToken: session.GetProperty("accessToken").GetString())
            .JsonAsync();
    }

    [Fact]
    public async Task A_dismissed_administrator_is_none_from_then_on_whatever_the_token_says()
    {
        var (dismissed, _) = await users.AddAdministratorAsync();
        var (accomplice, _) = await users.SignUpAsync();
        var token = users.CreateAdminClient(dismissed);
        await token.GetAsync("/api/users").JsonAsync();

        await (await users.CreateAdministratorAsync())
            .PatchAsJsonAsync($"/api/users/{dismissed}/role", new { role = "USER" })
            .JsonAsync();

        await token
            .PatchAsJsonAsync($"/api/users/{accomplice}/role", new { role = "ADMIN" })
            .ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await token.GetAsync("/api/users").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(UserRole.User, await users.RoleOfAsync(accomplice));
        var me = await token.GetAsync("/api/users/me").JsonAsync();
        Assert.Equal("USER", me.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Of_two_administrators_who_dismiss_each_other_at_once_one_stays()
    {
        var (one, _) = await users.AddAdministratorAsync();
        var (other, _) = await users.AddAdministratorAsync();

        var answers = await Task.WhenAll(Dismiss(one, other), Dismiss(other, one));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Forbidden);
        Assert.Equal(
            [UserRole.User, UserRole.Admin],
            new[] { await users.RoleOfAsync(one), await users.RoleOfAsync(other) }.Order()
        );

        Task<HttpResponseMessage> Dismiss(long by, long whom) =>
            users.CreateAdminClient(by).PatchAsJsonAsync($"/api/users/{whom}/role", new { role = "USER" });
    }

    [Fact]
    public async Task A_change_of_role_leaves_a_row_that_says_who_made_it_and_what_is_no_change_leaves_none()
    {
        var (id, email) = await users.SignUpAsync();
        var (adminId, _) = await users.AddAdministratorAsync();
        var admin = users.CreateAdminClient(adminId);

        await admin.PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" }).JsonAsync();
        var browser = await users.LogInAsync(email);
        await admin.PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" }).JsonAsync();
        Assert.True(await browser.IsSignedInAsync());
        await admin.PatchAsJsonAsync($"/api/users/{id}/role", new { role = "USER" }).JsonAsync();

        await using var scope = users.Services.CreateAsyncScope();
        var rows = await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Database.SqlQuery<string>(
                $"""
                SELECT CONCAT_WS(' ', changed_by, old_role, new_role) AS Value
                FROM role_changes WHERE user_id = {id} AND changed_at > '2020-01-01' ORDER BY id
                """
            )
            .ToListAsync();
        Assert.Equal([$"{adminId} USER ADMIN", $"{adminId} ADMIN USER"], rows);
    }

    [Fact]
    public async Task Nobody_changes_their_own_role_or_that_of_nobody()
    {
        var (id, _) = await users.AddAdministratorAsync();
        var admin = users.CreateAdminClient(id);

        await admin
            .PatchAsJsonAsync($"/api/users/{id}/role", new { role = "USER" })
            .ProblemAsync(HttpStatusCode.Conflict, "own_role");
        await admin
            .PatchAsJsonAsync("/api/users/999999999/role", new { role = "USER" })
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await admin.PatchAsJsonAsync("/api/users/1/role", new { }).InvalidAsync("role");
        await admin
            .PatchAsJsonAsync("/api/users/1/role", new { role = "KING" })
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    private static IEnumerable<long> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("id").GetInt64());
}
