using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class SessionTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    private static readonly TimeSpan s_beyondGrace = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = users.CreateAnonymousClient();

    [Fact]
    public async Task A_login_gives_a_token_that_the_service_believes_and_a_guarded_cookie()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = new Browser(users.CreateAnonymousClient());

        var answer = await browser.LogInAsync($"  {email.ToUpperInvariant()}", UserServiceFactory.Password);

        var session = await answer.JsonAsync();
        Assert.Equal("Bearer", session.GetProperty("tokenType").GetString());
        Assert.Equal(900, session.GetProperty("expiresIn").GetInt32());
        Assert.Equal(id, session.GetProperty("user").GetProperty("id").GetInt64());
        Assert.True(answer.Headers.CacheControl?.NoStore);

        var accessToken = session.GetProperty("accessToken").GetString()!;
        var claims = new JsonWebToken(accessToken);
        Assert.Equal("ES256", claims.Alg);
        Assert.Equal($"{id}", claims.Subject);
        Assert.Equal("msa-shop", claims.Issuer);
        Assert.Equal("USER", claims.GetClaim("role").Value);
        Assert.Equal(email, claims.GetClaim("email").Value);
        Assert.Equal("홍길동", claims.GetClaim("name").Value);
        Assert.Equal(TimeSpan.FromMinutes(15), claims.ValidTo - claims.ValidFrom);
        var me = await browser.SendAsync(HttpMethod.Get, "/api/users/me", accessToken: accessToken).JsonAsync();
        Assert.Equal(id, me.GetProperty("id").GetInt64());

        var attributes = browser.SetCookie!.Split("; ").Skip(1).Select(text => text.ToLowerInvariant()).ToList();
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=strict", attributes);
        Assert.Contains("path=/api/users", attributes);
        Assert.Contains(attributes, attribute => attribute.StartsWith("expires=", StringComparison.Ordinal));
        Assert.DoesNotContain("secure", attributes);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure()
    {
        var (_, email) = await users.SignUpAsync();
        var browser = new Browser(users.CreateAnonymousClient());

        await browser
            .SendAsync(
                HttpMethod.Post,
                "/api/users/login",
                new { email, password = UserServiceFactory.Password },
                headers: ("X-Forwarded-Proto", "https")
            )
            .JsonAsync();

        Assert.Contains("secure", browser.SetCookie!.Split("; "), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer_at_the_same_cost()
    {
        var (_, email) = await users.SignUpAsync();

        var wrong = await LogInAsync(email, "wrong-password");
        var unknown = await LogInAsync(UserServiceFactory.NewEmail(), "wrong-password");

        var wrongProblem = await wrong.Answer.ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        var unknownProblem = await unknown.Answer.ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        Assert.Equal(wrongProblem.GetProperty("detail").GetString(), unknownProblem.GetProperty("detail").GetString());
        Assert.False(wrong.Answer.Headers.Contains("Set-Cookie"));

        // Without the same work for both, an unknown address would be answered in a twentieth of the time.
        Assert.InRange(unknown.Cpu / wrong.Cpu, 0.2, 5);

        async Task<(HttpResponseMessage Answer, double Cpu)> LogInAsync(string address, string password)
        {
            var fastest = double.MaxValue;
            HttpResponseMessage? answer = null;
            for (var i = 0; i < 3; i++)
            {
                var started = Stopwatch.GetTimestamp();
                answer = await _client.PostAsJsonAsync("/api/users/login", new { email = address, password });
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return (answer!, fastest);
        }
    }

    [Fact]
    public async Task Guessing_one_accounts_password_becomes_slow_whether_or_not_it_exists()
    {
        var (_, email) = await users.SignUpAsync();

        foreach (var address in new[] { email, UserServiceFactory.NewEmail() })
        {
            for (var i = 0; i < 10; i++)
            {
                await _client
                    .PostAsJsonAsync("/api/users/login", new { email = address, password = $"guess-{i}" })
                    .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
            }

            var answer = await _client.PostAsJsonAsync(
                "/api/users/login",
                new { email = address, password = UserServiceFactory.Password }
            );
            await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        }
    }

    [Fact]
    public async Task A_refresh_rotates_the_cookie_and_the_database_knows_only_hashes()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);
        var first = browser.RefreshToken;

        var session = await browser.RefreshAsync().JsonAsync();

        Assert.NotEqual(first, browser.RefreshToken);
        Assert.Equal(id, session.GetProperty("user").GetProperty("id").GetInt64());
        Assert.True(await browser.IsSignedInAsync());

        await using var scope = users.Services.CreateAsyncScope();
        var stored = await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .RefreshTokens.Where(token => token.UserId == id)
            .ToListAsync();
        Assert.Equal(3, stored.Count);
        Assert.DoesNotContain(stored, token => Convert.ToBase64String(token.TokenHash) == first);
    }

    [Fact]
    public async Task A_replayed_token_ends_the_session_for_thief_and_owner_but_no_other_session()
    {
        var (id, email) = await users.SignUpAsync();
        var owner = await users.LogInAsync(email);
        var elsewhere = await users.LogInAsync(email);
        var thief = new Browser(users.CreateAnonymousClient()) { RefreshToken = owner.RefreshToken };

        Assert.True(await owner.IsSignedInAsync());
        await users.AgeRefreshTokensAsync(id, s_beyondGrace);

        Assert.False(await thief.IsSignedInAsync());
        Assert.Null(thief.RefreshToken);
        Assert.False(await owner.IsSignedInAsync());
        Assert.True(await elsewhere.IsSignedInAsync());
    }

    [Fact]
    public async Task Tabs_that_refresh_at_once_all_go_on_with_the_same_token()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);
        var tabs = Enumerable
            .Range(0, 6)
            .Select(_ => new Browser(users.CreateAnonymousClient()) { RefreshToken = browser.RefreshToken })
            .ToList();

        await Task.WhenAll(tabs.Select(tab => tab.RefreshAsync().JsonAsync()));

        Assert.Single(tabs.Select(tab => tab.RefreshToken).Distinct());
        await users.AgeRefreshTokensAsync(id, s_beyondGrace);
        Assert.True(await tabs[0].IsSignedInAsync());
    }

    [Fact]
    public async Task A_thief_within_the_grace_is_found_out_by_the_next_refresh()
    {
        var (id, email) = await users.SignUpAsync();
        var owner = await users.LogInAsync(email);
        var thief = new Browser(users.CreateAnonymousClient()) { RefreshToken = owner.RefreshToken };
        Assert.True(await owner.IsSignedInAsync());
        Assert.True(await thief.IsSignedInAsync());

        await users.AgeRefreshTokensAsync(id, s_beyondGrace);
        Assert.True(await owner.IsSignedInAsync());
        await users.AgeRefreshTokensAsync(id, s_beyondGrace);

        Assert.False(await thief.IsSignedInAsync());
        Assert.False(await owner.IsSignedInAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_token_that_we_made_there_is_no_session(string? token) =>
        Assert.False(await new Browser(_client) { RefreshToken = token }.IsSignedInAsync());

    [Fact]
    public async Task An_expired_token_is_worth_nothing()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);

        await users.AgeRefreshTokensAsync(id, TimeSpan.FromDays(14));

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_logout_ends_this_session_alone()
    {
        var (_, email) = await users.SignUpAsync();
        var here = await users.LogInAsync(email);
        var there = await users.LogInAsync(email);
        var token = here.RefreshToken;

        var answer = await here.SendAsync(HttpMethod.Post, "/api/users/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(here.RefreshToken);
        Assert.False(await new Browser(_client) { RefreshToken = token }.IsSignedInAsync());
        Assert.True(await there.IsSignedInAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logout_everywhere_ends_all_sessions_of_the_user(bool byAccessToken)
    {
        var (id, email) = await users.SignUpAsync();
        var other = await users.LogInAsync((await users.SignUpAsync()).Email);
        var here = await users.LogInAsync(email);
        var there = await users.LogInAsync(email);
        if (byAccessToken)
        {
            here.RefreshToken = null;
        }

        var answer = await here.SendAsync(
            HttpMethod.Post,
            "/api/users/logout?everywhere=true",
            accessToken: byAccessToken ? TestTokens.AccessToken(id) : null
        );

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(await there.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_logout_everywhere_wants_to_know_of_whom() =>
        await _client
            .PostAsync("/api/users/logout?everywhere=true", null)
            .ProblemAsync(HttpStatusCode.Unauthorized, "session_expired");
}
