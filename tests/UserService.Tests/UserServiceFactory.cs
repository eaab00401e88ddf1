using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Tests;

/// <summary>user-svc with the development accounts.</summary>
public class UserServiceFactory() : ServiceFactory<Program>("userdb")
{
    public const string AdminPassword = "first-admin-password";

    public const string Password = "correct-horse";

    /// <summary>The hasher that user-svc uses, at which a test can hold a request up.</summary>
    public HeldHasher Hasher { get; } = new();

    public override Task InitializeAsync() => InitializeAsync(demo: true);

    /// <summary>Starts it with the development accounts, or as in production.</summary>
    public async Task InitializeAsync(bool demo)
    {
        Settings["AccessTokens:SigningKey"] = TestTokens.SigningKey;
        Settings["DemoData:Enabled"] = demo ? "true" : "false";
        Settings["Administrator:Password"] = AdminPassword;
        // However slow the machine, no wrong password is forgiven while a test counts them.
        Settings["LoginAttempts:ForgiveOneEvery"] = "01:00:00";
        Settings["LoginAttempts:ForgiveOneOfAccountEvery"] = "01:00:00";
        await base.InitializeAsync();
    }

    /// <summary>Another user-svc on the same database.</summary>
    /// <param name="connectionString">The way to it.</param>
    public UserServiceFactory CreateReplica(string connectionString)
    {
        var replica = new UserServiceFactory();
        foreach (var (key, value) in Settings)
        {
            replica.Settings[key] = value;
        }

        replica.Settings["ConnectionStrings:userdb"] = connectionString;
        return replica;
    }

    /// <summary>A client with the access token of somebody who is an administrator.</summary>
    public async Task<HttpClient> CreateAdministratorAsync() => CreateAdminClient((await AddAdministratorAsync()).Id);

    /// <summary>Somebody new who is an administrator.</summary>
    public async Task<(long Id, string Email)> AddAdministratorAsync()
    {
        var user = await SignUpAsync();
        await using var scope = Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Users.Where(stored => stored.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.Role, UserRole.Admin));
        return user;
    }

    /// <summary>What role this user has.</summary>
    public async Task<UserRole> RoleOfAsync(long userId)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Users.Where(user => user.Id == userId)
            .Select(user => user.Role)
            .SingleAsync();
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

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IPasswordHasher<User>>(Hasher));
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

    public const string DeviceCookie = "shop_device";

    /// <summary>The cookie's value, which a test may copy like a thief or put back like a second tab.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>The cookie that says that somebody signed in here before.</summary>
    public string? Device { get; set; }

    /// <summary>Where the browser is, as the gateway tells; null for nowhere in particular.</summary>
    public string? Address { get; init; }

    /// <summary>The refresh cookie as it last came, with its attributes.</summary>
    public string? SetCookie { get; private set; }

    /// <summary>The device cookie as it last came, with its attributes.</summary>
    public string? SetDeviceCookie { get; private set; }

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

        (string Name, string? Value)[] cookies = [(Cookie, RefreshToken), (DeviceCookie, Device)];
        var sent = cookies.Where(cookie => cookie.Value is not null).Select(cookie => $"{cookie.Name}={cookie.Value}");
        if (sent.Any())
        {
            request.Headers.Add("Cookie", string.Join("; ", sent));
        }

        if (Address is not null)
        {
            request.Headers.Add("X-Forwarded-For", Address);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var answer = await http.SendAsync(request);
        if (Received(answer, Cookie) is { } refresh)
        {
            SetCookie = refresh;
            RefreshToken = ValueOf(refresh);
        }

        if (Received(answer, DeviceCookie) is { } device)
        {
            SetDeviceCookie = device;
            Device = ValueOf(device);
        }

        return answer;
    }

    private static string? Received(HttpResponseMessage answer, string cookie) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.SingleOrDefault(text => text.StartsWith($"{cookie}=", StringComparison.Ordinal))
            : null;

    private static string? ValueOf(string cookie)
    {
        var value = cookie.Split(';')[0].Split('=', 2)[1];
        return value.Length == 0 ? null : value;
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
