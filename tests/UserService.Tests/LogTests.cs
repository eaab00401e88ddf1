using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MsaShop.Testing;

namespace MsaShop.UserService.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task Two_who_sign_up_with_one_address_at_once_leave_it_in_no_log()
    {
        await using var users = new LoggingFactory();
        users.Settings["Logging:LogLevel:Default"] = "Trace";
        await users.InitializeAsync();
        var email = UserServiceFactory.NewEmail();
        var client = users.CreateAnonymousClient();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => client.PostAsJsonAsync("/api/users/signup", UserServiceFactory.Signup(email)))
        );

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict],
            answers.Select(answer => answer.StatusCode).Order()
        );
        Assert.DoesNotContain(users.Log.Lines, line => line.Contains(email, StringComparison.OrdinalIgnoreCase));
        // That it happened is in it.
        Assert.Contains(users.Log.Lines, line => line.Contains("DuplicateKeyEntry", StringComparison.Ordinal));
    }

    private sealed class LoggingFactory : UserServiceFactory
    {
        public LogRecorder Log { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(Log));
        }
    }
}
