using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Testing;

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

        var admin = users.CreateAdminClient();
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
    public async Task What_is_asked_is_checked() =>
        await users
            .CreateAdminClient()
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
    public async Task A_new_role_stands_in_the_next_token()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);

        await users.CreateAdminClient().PatchAsJsonAsync($"/api/users/{id}/role", new { role = "ADMIN" }).JsonAsync();

        var session = await browser.RefreshAsync().JsonAsync();
        Assert.Equal("ADMIN", session.GetProperty("user").GetProperty("role").GetString());
        await browser
            .SendAsync(HttpMethod.Get, "/api/users", accessToken: session.GetProperty("accessToken").GetString())
            .JsonAsync();
    }

    [Fact]
    public async Task Nobody_changes_their_own_role_or_that_of_nobody()
    {
        var (id, _) = await users.SignUpAsync();
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
