using System.Net;
using System.Net.Http.Json;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

/// <summary>Guessing a password becomes slow for who guesses, and for nobody else.</summary>
public sealed class GuessingTests(GuessingTests.Guessed users) : IClassFixture<GuessingTests.Guessed>
{
    private const int FromOneSource = 3;
    private const int FromAllSources = 9;

    [Fact]
    public async Task Strangers_at_a_few_addresses_do_not_keep_the_owner_out()
    {
        var (_, email) = await users.SignUpAsync();

        await GuessUntilRefusedAsync(email, "203.0.113.1");
        await GuessUntilRefusedAsync(email, "203.0.113.2");

        await At("198.51.100.7").LogInAsync(email, UserServiceFactory.Password).JsonAsync();
    }

    [Fact]
    public async Task All_addresses_of_one_network_are_one_source()
    {
        var (_, email) = await users.SignUpAsync();

        await GuessUntilRefusedAsync(email, "2001:db8:0:1::1");

        await At("2001:db8:0:1:ffff::2")
            .LogInAsync(email, UserServiceFactory.Password)
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
        await At("2001:db8:0:2::1").LogInAsync(email, UserServiceFactory.Password).JsonAsync();
    }

    [Fact]
    public async Task A_device_that_signed_in_before_is_let_through_wherever_it_is()
    {
        var (_, email) = await users.SignUpAsync();
        var browser = At("203.0.113.1");
        await browser.LogInAsync(email, UserServiceFactory.Password).JsonAsync();

        await GuessFromEverywhereAsync(email);

        await At("198.51.100.7")
            .LogInAsync(email, UserServiceFactory.Password)
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
        await browser.LogInAsync(email, UserServiceFactory.Password).JsonAsync();
        var attributes = browser.SetDeviceCookie!.Split("; ").Skip(1).Select(text => text.ToLowerInvariant()).ToList();
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=strict", attributes);
        Assert.Contains("path=/api/users", attributes);
        // It opens nothing by itself.
        await users
            .CreateAnonymousClient()
            .WithToken(browser.Device!)
            .GetAsync("/api/users/me")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_device_is_known_for_its_own_account_alone_and_guesses_no_faster()
    {
        var (_, email) = await users.SignUpAsync();
        var known = At("203.0.113.1");
        await known.LogInAsync((await users.SignUpAsync()).Email, UserServiceFactory.Password).JsonAsync();
        var (otherAccounts, invented) = (known.Device, "rubbish");
        await known.LogInAsync(email, UserServiceFactory.Password).JsonAsync();

        await GuessFromEverywhereAsync(email);

        foreach (var device in new[] { otherAccounts, invented, TestTokens.AccessToken(1) })
        {
            var browser = At("198.51.100.7");
            browser.Device = device;
            await browser
                .LogInAsync(email, UserServiceFactory.Password)
                .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
        }

        for (var i = 0; i < FromOneSource; i++)
        {
            await known.LogInAsync(email, "wrong").ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        }

        await known
            .LogInAsync(email, UserServiceFactory.Password)
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
    }

    [Fact]
    public async Task No_number_of_strangers_keeps_an_administrator_out()
    {
        var (_, email) = await users.AddAdministratorAsync();

        await GuessFromEverywhereAsync(email);

        await At("198.51.100.7").LogInAsync(email, UserServiceFactory.Password).JsonAsync();
    }

    [Fact]
    public async Task Strangers_do_not_keep_the_owner_from_changing_the_password_that_they_guess_at()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = At("203.0.113.1");
        await browser.LogInAsync(email, UserServiceFactory.Password).JsonAsync();

        await GuessFromEverywhereAsync(email);

        await browser
            .SendAsync(
                HttpMethod.Patch,
                "/api/users/me",
                new { newPassword = "brand-new-1", currentPassword = UserServiceFactory.Password },
                TestTokens.AccessToken(id)
            )
            .JsonAsync();
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        var (_, email) = await users.SignUpAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4 * FromOneSource).Select(i => At("203.0.113.1").LogInAsync(email, $"guess-{i}"))
        );

        Assert.Equal(FromOneSource, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(3 * FromOneSource, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    private async Task GuessFromEverywhereAsync(string email)
    {
        for (var i = 0; i < FromAllSources / FromOneSource; i++)
        {
            await GuessUntilRefusedAsync(email, $"203.0.113.{10 + i}");
        }
    }

    private async Task GuessUntilRefusedAsync(string email, string address)
    {
        for (var i = 0; i < FromOneSource; i++)
        {
            await At(address)
                .LogInAsync(email, $"guess-{i}")
                .ProblemAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        }

        var answer = await At(address).LogInAsync(email, UserServiceFactory.Password);
        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_attempts");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    private Browser At(string address) => new(users.CreateAnonymousClient()) { Address = address };

    /// <summary>user-svc that bears few guesses.</summary>
    public sealed class Guessed : UserServiceFactory
    {
        public Guessed()
        {
            Settings["LoginAttempts:Burst"] = $"{FromOneSource}";
            Settings["LoginAttempts:AccountBurst"] = $"{FromAllSources}";
        }
    }
}
