using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;
using MsaShop.UserService.Sessions;

namespace MsaShop.UserService.Tests;

public sealed class RetentionTests(UserServiceFactory users) : IClassFixture<UserServiceFactory>
{
    [Fact]
    public void Of_each_table_somebody_has_decided_how_long_it_is_kept() =>
        users.Services.AssertDecided<UserDbContext>("users", "role_changes");

    [Fact]
    public async Task Tokens_of_those_who_never_come_back_go_when_they_have_expired()
    {
        var (id, email) = await users.SignUpAsync();
        var browser = await users.LogInAsync(email);
        var now = DateTime.UtcNow;
        var justExpired = now.AddHours(-1);
        await using var scope = users.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UserDbContext>();
        database.RefreshTokens.AddRange(
            Enumerable.Range(0, 1_500).Select(number => Token(id, now.AddDays(-2).AddSeconds(-number)))
        );
        database.RefreshTokens.Add(Token(id, justExpired));
        await database.SaveChangesAsync();

        await users.Services.CleanBacklogAsync("refresh_tokens");

        // Another replica's clock may be behind.
        Assert.Equal(
            1,
            await database.RefreshTokens.CountAsync(token => token.UserId == id && token.ExpiresAt < DateTime.UtcNow)
        );
        Assert.True(await browser.IsSignedInAsync());
    }

    private static RefreshToken Token(long userId, DateTime expiresAt) =>
        new()
        {
            UserId = userId,
            FamilyId = Guid.NewGuid(),
            TokenHash = RandomNumberGenerator.GetBytes(32),
            CreatedAt = expiresAt.AddDays(-14),
            ExpiresAt = expiresAt,
        };
}
