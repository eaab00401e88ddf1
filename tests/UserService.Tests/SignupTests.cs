using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class SignupTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    private readonly HttpClient _client = users.CreateAnonymousClient();

    [Fact]
    public async Task A_new_user_is_shown_without_the_password_which_is_stored_as_a_hash()
    {
        var email = UserServiceFactory.NewEmail();

        var answer = await _client.PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup(email));

        var user = await answer.JsonAsync(HttpStatusCode.Created);
        Assert.Equal(email, user.GetProperty("email").GetString());
        Assert.Equal("홍길동", user.GetProperty("name").GetString());
        Assert.Equal("010-1111-2222", user.GetProperty("phone").GetString());
        Assert.Equal("USER", user.GetProperty("role").GetString());
        Assert.EndsWith("Z", user.GetProperty("createdAt").GetString());
        Assert.False(user.TryGetProperty("password", out _));
        Assert.Equal("/api/users/me", answer.Headers.Location?.ToString());

        await using var scope = users.Services.CreateAsyncScope();
        var stored = await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Database.SqlQuery<string>($"SELECT password AS Value FROM users WHERE email = {email}")
            .SingleAsync();
        Assert.DoesNotContain(UserServiceFactory.Password, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_made_though_the_database_s_answer_was_lost()
    {
        await using var way = LossyDatabase.InFrontOf(users.Settings["ConnectionStrings:userdb"]!);
        await using var replica = new UserServiceFactory();
        foreach (var (key, value) in users.Settings)
        {
            replica.Settings[key] = value;
        }

        replica.Settings["ConnectionStrings:userdb"] = way.ConnectionString;
        var client = replica.CreateAnonymousClient();
        var email = UserServiceFactory.NewEmail();
        way.LoseAnswerTo("INSERT INTO `users`");

        var made = await client
            .PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup(email))
            .JsonAsync(HttpStatusCode.Created);
        await client
            .PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup(email))
            .ProblemAsync(HttpStatusCode.Conflict, "email_taken");

        Assert.Equal(1, way.Lost);
        await using var scope = users.Services.CreateAsyncScope();
        var stored = await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Users.SingleAsync(user => user.Email == email);
        Assert.Equal(stored.Id, made.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Nobody_signs_up_as_an_administrator()
    {
        var user = await _client
            .PostAsJsonAsync(
                "/api/users/signup",
                new
                {
                    email = UserServiceFactory.NewEmail(),
                    password = UserServiceFactory.Password,
                    name = "Mallory",
                    role = "ADMIN",
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal("USER", user.GetProperty("role").GetString());
    }

    [Fact]
    public async Task What_is_not_json_is_refused_for_that_and_not_for_a_missing_token()
    {
        using var text = new StringContent("email=a@example.com", Encoding.UTF8, "text/plain");

        await _client
            .PostAsync("/api/users/signup", text)
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task Of_many_who_want_one_address_at_once_one_gets_it()
    {
        var email = UserServiceFactory.NewEmail();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i =>
                    _client.PostAsJsonAsync(
                        "/api/users/signup",
                        UserServiceFactory.Signup(i % 2 == 0 ? email : $" {email.ToUpperInvariant()} ")
                    )
                )
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await answer.ProblemAsync(HttpStatusCode.Conflict, "email_taken");
        }
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        await _client.PostAsJsonAsync("/api/users/signup", new { }).InvalidAsync("email", "password", "name");
        await _client
            .PostAsJsonAsync(
                "/api/users/signup",
                new
                {
                    email = "no address",
                    password = "short",
                    name = new string('가', 31),
                    phone = "call me",
                }
            )
            .InvalidAsync("email", "password", "name", "phone");
    }

    [Theory]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a b@example.com")]
    [InlineData("Kim <kim@example.com>")]
    [InlineData("0123456789012345678901234567890123456789@example.com")]
    [InlineData("")]
    public async Task What_is_no_address_is_refused(string email) =>
        await _client.PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup(email)).InvalidAsync("email");

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("""{"email": 7}""", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("", HttpStatusCode.BadRequest, "malformed_request")]
    public async Task A_body_that_cannot_be_read_is_the_callers_fault(string body, HttpStatusCode status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await _client.PostAsync("/api/users/signup", content).ProblemAsync(status, code);
    }
}
