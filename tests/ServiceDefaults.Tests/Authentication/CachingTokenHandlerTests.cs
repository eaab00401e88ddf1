using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Authentication;

public sealed class CachingTokenHandlerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly MemoryCache _valid;
    private readonly CachingTokenHandler _handler;
    private readonly TokenValidationParameters _rules;
    private int _checks;

    public CachingTokenHandlerTests()
    {
        _valid = new MemoryCache(new MemoryCacheOptions { Clock = new Clock(_time), SizeLimit = 2 });
        _handler = new CachingTokenHandler(_valid);
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(TestTokens.Settings["AccessTokens:PublicKey"]!), out _);
        _rules = new TokenValidationParameters
        {
            ValidIssuer = AccessTokens.Issuer,
            ValidAudience = AccessTokens.Issuer,
            IssuerSigningKey = new ECDsaSecurityKey(key),
            LifetimeValidator = (_, expires, _, _) =>
            {
                _checks++;
                return expires > _time.GetUtcNow();
            },
        };
    }

    public void Dispose() => _valid.Dispose();

    [Fact]
    public async Task A_token_is_checked_once_and_is_the_same_users_each_time()
    {
        var token = TestTokens.AccessToken(7);

        var first = await ValidateAsync(token);
        var second = await ValidateAsync(token);

        Assert.True(second.IsValid);
        Assert.Equal("7", second.ClaimsIdentity.FindFirst(AccessTokens.SubjectClaim)?.Value);
        Assert.Equal(first.ClaimsIdentity.Claims.Count(), second.ClaimsIdentity.Claims.Count());
        Assert.Equal(1, _checks);
    }

    [Fact]
    public async Task An_expired_token_is_refused_although_it_was_remembered()
    {
        var token = TestTokens.AccessToken(7, lifetime: TimeSpan.FromMinutes(15));
        Assert.True((await ValidateAsync(token)).IsValid);

        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.True((await ValidateAsync(token)).IsValid);
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.False((await ValidateAsync(token)).IsValid);
    }

    [Fact]
    public async Task A_refused_token_is_not_remembered()
    {
        Assert.False((await ValidateAsync(TestTokens.ForgedAccessToken(7))).IsValid);
        Assert.False((await ValidateAsync(TestTokens.AccessToken(7, lifetime: TimeSpan.FromMinutes(-1)))).IsValid);

        Assert.Equal(0, _valid.Count);
    }

    /// <summary>Whichever of its three parts it is.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_altered_token_is_refused_although_the_true_one_was_remembered(int part)
    {
        var token = TestTokens.AccessToken(7);
        Assert.True((await ValidateAsync(token)).IsValid);
        var others = TestTokens.AccessToken(8, admin: true).Split('.');
        var parts = token.Split('.');
        parts[part] = part == 0 ? Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") : others[part];

        Assert.False((await ValidateAsync(string.Join('.', parts))).IsValid);
        Assert.True((await ValidateAsync(token)).IsValid);
    }

    [Fact]
    public async Task Not_more_tokens_are_remembered_than_there_is_room_for()
    {
        for (var user = 1; user <= 5; user++)
        {
            Assert.True((await ValidateAsync(TestTokens.AccessToken(user))).IsValid);
            Assert.InRange(_valid.Count, 1, 2);
        }
    }

    private Task<TokenValidationResult> ValidateAsync(string token) => _handler.ValidateTokenAsync(token, _rules);

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
