using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;
using MsaShop.UserService.Data;

namespace MsaShop.UserService.Tests;

/// <summary>user-svc with the development accounts.</summary>
public sealed class UserServiceFactory() : ServiceFactory<Program>("userdb")
{
    public const string AdminPassword = "first-admin-password";

    public const string Password = "correct-horse";

    public override Task InitializeAsync() => InitializeAsync(demo: true);

    /// <summary>Starts it with the development accounts, or as in production.</summary>
    public async Task InitializeAsync(bool demo)
    {
        Settings["AccessTokens:SigningKey"] = TestTokens.SigningKey;
        Settings["DemoData:Enabled"] = demo ? "true" : "false";
        Settings["Administrator:Password"] = AdminPassword;
        // However slow the machine, no wrong password is forgiven while a test counts them.
        Settings["LoginAttempts:ForgiveOneEvery"] = "01:00:00";
        await base.InitializeAsync();
    }

    /// <summary>Signs someone new up and returns who it is.</summary>
    public async Task<(long Id, string Email)> SignUpAsync()
    {
        var email = NewEmail();
        var user = await CreateAnonymousClient()
            .PostAsJsonAsync("/api/users/signup", Signup(email))
            .JsonAsync(HttpStatusCode.Created);
        return (user.GetProperty("id").GetInt64(), email);
    }

    /// <summary>Opens a browser, so to speak, in which this user has signed in.</summary>
    public async Task<Browser> LogInAsync(string email, string password = Password)
    {
        var browser = new Browser(CreateAnonymousClient());
        await browser.LogInAsync(email, password).JsonAsync();
        return browser;
    }

    /// <summary>Lets a user's refresh tokens look this much older.</summary>
    public async Task AgeRefreshTokensAsync(long userId, TimeSpan age)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<UserDbContext>();
        foreach (var token in await db.RefreshTokens.Where(token => token.UserId == userId).ToListAsync())
        {
            var entry = db.Entry(token);
            entry.Property(t => t.UsedAt).CurrentValue -= age;
            entry.Property(t => t.ExpiresAt).CurrentValue -= age;
        }

        await db.SaveChangesAsync();
    }

    public static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    public static object Signup(string email) =>
        new
        {
            email,
            password = Password,
            name = "홍길동",
            phone = "010-1111-2222",
        };
}

/// <summary>Keeps the refresh cookie, as a browser does.</summary>
public sealed class Browser(HttpClient http)
{
    public const string Cookie = "shop_refresh";

    /// <summary>The cookie's value, which a test may copy like a thief or put back like a second tab.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>The cookie as it last came, with its attributes.</summary>
    public string? SetCookie { get; private set; }

    public Task<HttpResponseMessage> LogInAsync(string email, string password) =>
        SendAsync(HttpMethod.Post, "/api/users/login", new { email, password });

    public Task<HttpResponseMessage> RefreshAsync() => SendAsync(HttpMethod.Post, "/api/users/refresh");

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? accessToken = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (accessToken is not null)
        {
            request.Headers.Authorization = new("Bearer", accessToken);
        }

        if (RefreshToken is not null)
        {
            request.Headers.Add("Cookie", $"{Cookie}={RefreshToken}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var answer = await http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            SetCookie = cookies.Single();
            var value = SetCookie.Split(';')[0].Split('=', 2)[1];
            RefreshToken = value.Length == 0 ? null : value;
        }

        return answer;
    }

    /// <summary>Whether the session lives, found out by going on with it.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        var answer = await RefreshAsync();
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return true;
        }

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "session_expired");
        return false;
    }
}
