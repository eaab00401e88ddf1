using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults;
using Xunit;

namespace MsaShop.Testing;

/// <summary>
/// A service under test, with a fresh database that its own <c>migrate</c> made. Use it as a class fixture; a derived
/// class changes settings and replaces what lies outside the service.
/// </summary>
/// <typeparam name="TProgram">The service's <c>Program</c>.</typeparam>
/// <param name="connectionName">The connection string's name, or null for a service without a database.</param>
public abstract class ServiceFactory<TProgram>(string? connectionName = null)
    : WebApplicationFactory<TProgram>,
        IAsyncLifetime
    where TProgram : class
{
    /// <summary>
    /// The service's configuration. Set values before the service starts; they win over its own files, and are there
    /// as early as environment variables are.
    /// </summary>
    public Dictionary<string, string?> Settings { get; } =
        new(TestTokens.Settings)
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        };

    private string Name => Services.GetRequiredService<ServiceIdentity>().Name;

    /// <summary>Tells the service where another one is: a <see cref="StubService"/>'s address, say.</summary>
    public void UseService(string name, Uri address) =>
        Settings[$"services:{name}:http:0"] = address.GetLeftPart(UriPartial.Authority);

    /// <summary>Makes the database. Overrides call it last, after their own settings.</summary>
    public virtual async Task InitializeAsync()
    {
        if (connectionName is not null)
        {
            Settings[$"ConnectionStrings:{connectionName}"] = await MySqlServer.CreateDatabaseAsync();
            await MigrateAsync();
        }
    }

    /// <summary>Runs the service's program with <c>migrate</c>, as its resource does, and waits for its end.</summary>
    public Task MigrateAsync() => RunAsync("migrate");

    /// <summary>Runs the service's program with this command, and waits for its end.</summary>
    public Task RunAsync(string command)
    {
        var main = typeof(TProgram).Assembly.EntryPoint!;
        string[] arguments =
        [
            command,
            "--environment=Development",
            .. Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        return Task.Run(() =>
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [arguments], culture: null)
        );
    }

    /// <summary>A client with this user's access token. It keeps no cookies and follows no redirects.</summary>
    public HttpClient CreateClientFor(long userId, string? email = null, bool admin = false) =>
        CreateAnonymousClient().WithToken(TestTokens.AccessToken(userId, email, admin));

    /// <summary>A client with an administrator's access token, for whom the gateway vouches.</summary>
    public HttpClient CreateAdminClient(long userId = 1_000_000) =>
        CreateClientFor(userId, admin: true).WithAdminProof(TestTokens.AdminProof(Name, userId));

    /// <summary>A client that is another service.</summary>
    /// <param name="caller">Who calls, one of <see cref="ServiceNames"/>.</param>
    public HttpClient CreateServiceClient(string caller) =>
        CreateAnonymousClient().WithToken(TestTokens.ServiceToken(caller, Name));

    /// <summary>A client without any token. It keeps no cookies and follows no redirects.</summary>
    public HttpClient CreateAnonymousClient() =>
        CreateClient(
            new WebApplicationFactoryClientOptions
            {
                // Not the default where the service has a real port.
                BaseAddress = ClientOptions.BaseAddress,
                AllowAutoRedirect = false,
                HandleCookies = false,
            }
        );

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
