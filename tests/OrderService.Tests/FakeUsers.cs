using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>user-svc, as far as orders can tell: everybody exists but <see cref="UnknownId"/>.</summary>
internal sealed class FakeUsers : IAsyncDisposable
{
    public const long UnknownId = 404;

    private StubService? _stub;

    /// <summary>What is done before each answer; null for nothing.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public Uri Address => _stub!.Address;

    public static async Task<FakeUsers> StartAsync()
    {
        var users = new FakeUsers();
        users._stub = await StubService.StartAsync(app =>
            app.MapGet(
                "/internal/users/{id:long}",
                async (long id) =>
                {
                    await (users.BeforeAnswer?.Invoke() ?? Task.CompletedTask);
                    return id == UnknownId
                        ? Results.NotFound()
                        : Results.Json(
                            new
                            {
                                id,
                                email = $"user{id}@example.com",
                                name = $"User {id}",
                                role = "USER",
                                createdAt = DateTime.UtcNow,
                            }
                        );
                }
            )
        );
        return users;
    }

    public ValueTask DisposeAsync() => _stub!.DisposeAsync();
}
