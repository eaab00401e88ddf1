using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MsaShop.Testing;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Tests;

/// <summary>Names and passwords are the same however they were typed.</summary>
public sealed class TextTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    // "한글", as macOS types and names files, and as everybody else does.
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af";
    private const string Together = "\ud55c\uae00";

    private readonly HttpClient _client = users.CreateAnonymousClient();

    [Fact]
    public async Task A_name_is_stored_composed_and_found_however_it_is_typed()
    {
        var word = Guid.NewGuid().ToString("N")[..12];
        var email = UserServiceFactory.NewEmail();
        var user = await SignUpAsync(email, UserServiceFactory.Password, $" {Apart}{word}\u200b")
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(Codes(Together + word), Codes(user.GetProperty("name").GetString()!));
        var found = await (await users.CreateAdministratorAsync())
            .GetAsync($"/api/users?q={Uri.EscapeDataString(Apart + word)}")
            .JsonAsync();
        Assert.Equal(
            email,
            Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("email").GetString()
        );
    }

    [Fact]
    public async Task Users_are_found_in_letters_of_any_width()
    {
        var word = Guid.NewGuid().ToString("N")[..12];
        var (wide, narrow) = (UserServiceFactory.NewEmail(), UserServiceFactory.NewEmail());
        await SignUpAsync(wide, UserServiceFactory.Password, $"{Wide(word)}\uff94\uff8f\uff80\uff9e")
            .JsonAsync(HttpStatusCode.Created);
        await SignUpAsync(narrow, UserServiceFactory.Password, $"{word}\u30e4\u30de\u30c0")
            .JsonAsync(HttpStatusCode.Created);
        var admin = await users.CreateAdministratorAsync();

        foreach (var start in new[] { word, Wide(word), Wide(word.ToUpperInvariant()) })
        {
            await FindsAsync(start, narrow, wide);
        }

        await FindsAsync($"{word[^4..]}\u30e4\u30de\u30c0", narrow, wide);
        await FindsAsync($"{word[^4..]}\uff94\uff8f\uff80\uff9e", narrow, wide);
        await FindsAsync(Wide(wide.ToUpperInvariant()), wide);

        async Task FindsAsync(string q, params string[] emails)
        {
            var found = await admin.GetAsync($"/api/users?q={Uri.EscapeDataString(q)}").JsonAsync();
            Assert.Equal(
                emails,
                found.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("email").GetString())
            );
        }

        static string Wide(string text) =>
            string.Concat(text.Select(letter => letter is > ' ' and <= '~' ? (char)(letter + 0xFEE0) : letter));
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u3164\u115f")]
    [InlineData(" \u00ad\ufeff")]
    [InlineData("김\n쇼핑")]
    [InlineData("김\0")]
    public async Task A_name_that_nobody_sees_or_that_steers_a_terminal_is_refused(string name)
    {
        await SignUpAsync(UserServiceFactory.NewEmail(), UserServiceFactory.Password, name).InvalidAsync("name");

        var (id, _) = await users.SignUpAsync();
        await users.CreateClientFor(id).PatchAsJsonAsync("/api/users/me", new { name }).InvalidAsync("name");
    }

    [Fact]
    public async Task An_address_typed_apart_is_the_same_account()
    {
        var word = Guid.NewGuid().ToString("N")[..12];
        await SignUpAsync($"caf\u00e9{word}@example.com", UserServiceFactory.Password, "홍길동")
            .JsonAsync(HttpStatusCode.Created);

        await SignUpAsync($"cafe\u0301{word}@example.com", UserServiceFactory.Password, "홍길동")
            .ProblemAsync(HttpStatusCode.Conflict, "email_taken");
        await users.LogInAsync($"cafe\u0301{word}@example.com");
    }

    [Theory]
    [InlineData(Together, Apart)]
    [InlineData(Apart, Together)]
    [InlineData("a b", "a\u00a0b")]
    public async Task A_password_is_the_same_however_it_is_typed(string first, string then)
    {
        var email = UserServiceFactory.NewEmail();
        await SignUpAsync(email, $"비밀번호-{first}-1234", "홍길동").JsonAsync(HttpStatusCode.Created);

        await users.LogInAsync(email, $"비밀번호-{then}-1234");
        await new Browser(users.CreateAnonymousClient())
            .LogInAsync(email, $" 비밀번호-{then}-1234")
            .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }

    [Fact]
    public async Task A_new_password_counts_its_letters_and_takes_no_control_characters()
    {
        // Twelve codes, and four letters.
        await SignUpAsync(UserServiceFactory.NewEmail(), Apart + Apart, "홍길동").InvalidAsync("password");
        await SignUpAsync(UserServiceFactory.NewEmail(), "correct\thorse", "홍길동").InvalidAsync("password");
    }

    [Fact]
    public async Task A_password_hashed_as_it_was_typed_is_accepted_once_and_hashed_anew()
    {
        var (id, email) = await users.SignUpAsync();
        var typed = $"{Apart}{Apart}-1234";
        await StoreAsync(id, s_hasher.HashPassword(null!, typed));
        var old = await ReadHashAsync(id);

        await users.LogInAsync(email, typed);

        Assert.NotEqual(old, await ReadHashAsync(id));
        await users.LogInAsync(email, $"{Together}{Together}-1234");
    }

    [Fact]
    public async Task A_password_hashed_more_cheaply_is_hashed_anew_when_it_is_next_used()
    {
        var (id, email) = await users.SignUpAsync();
        var cheap = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 }));
        await StoreAsync(id, cheap.HashPassword(null!, UserServiceFactory.Password));
        var old = await ReadHashAsync(id);

        await users.LogInAsync(email);

        var renewed = await ReadHashAsync(id);
        Assert.NotEqual(old, renewed);
        Assert.Equal(
            PasswordVerificationResult.Success,
            s_hasher.VerifyHashedPassword(null!, renewed, UserServiceFactory.Password)
        );
        await users.LogInAsync(email);
        Assert.Equal(renewed, await ReadHashAsync(id));
    }

    [Theory]
    [InlineData("USER, ADMIN")]
    [InlineData("USER,ADMIN")]
    [InlineData("admin")]
    [InlineData(" ADMIN")]
    public async Task A_role_is_one_word(string role)
    {
        var (id, _) = await users.SignUpAsync();

        await (await users.CreateAdministratorAsync())
            .PatchAsJsonAsync($"/api/users/{id}/role", new { role })
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task What_was_stored_as_it_was_typed_is_mended()
    {
        var (mended, _) = await users.SignUpAsync();
        var (twin, email) = await users.SignUpAsync();
        var (other, _) = await users.SignUpAsync();
        await ExecuteAsync($"UPDATE users SET name = {$" {Apart} "} WHERE id = {mended}");
        // Two accounts of what is one address now: one of them keeps it, and nobody is shut out.
        await ExecuteAsync($"UPDATE users SET email = {$"caf\u00e9-{email}"[..45]} WHERE id = {twin}");
        await ExecuteAsync(
            $"UPDATE users SET email = {$"cafe\u0301-{email}"[..46]}, name = {Apart} WHERE id = {other}"
        );

        await users.RunAsync("mend-text");

        Assert.Equal(Codes(Together), Codes(await ReadAsync($"SELECT name AS Value FROM users WHERE id = {mended}")));
        Assert.Contains(
            "cafe\u0301",
            await ReadAsync($"SELECT email AS Value FROM users WHERE id = {other}"),
            StringComparison.Ordinal
        );
        Assert.Equal(Codes(Together), Codes(await ReadAsync($"SELECT name AS Value FROM users WHERE id = {other}")));
    }

    private static readonly PasswordHasher<User> s_hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Passwords.Iterations })
    );

    private static IEnumerable<int> Codes(string text) => text.Select(letter => (int)letter);

    private Task<HttpResponseMessage> SignUpAsync(string email, string password, string name) =>
        _client.PostAsJsonAsync(
            "/api/users/signup",
            new
            {
                email,
                password,
                name,
            }
        );

    private Task StoreAsync(long id, string hash) =>
        ExecuteAsync($"UPDATE users SET password = {hash} WHERE id = {id}");

    private Task<string> ReadHashAsync(long id) => ReadAsync($"SELECT password AS Value FROM users WHERE id = {id}");

    private async Task ExecuteAsync(FormattableString sql)
    {
        await using var scope = users.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UserDbContext>().Database.ExecuteSqlAsync(sql);
    }

    private async Task<string> ReadAsync(FormattableString sql)
    {
        await using var scope = users.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<UserDbContext>()
            .Database.SqlQuery<string>(sql)
            .SingleAsync();
    }
}
