using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Authentication;

public class ServiceTokensTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ServiceTokens _tokens;

    public ServiceTokensTests() =>
        _tokens = new ServiceTokens(
            new ConfigurationBuilder().AddInMemoryCollection(TestTokens.Settings).Build(),
            new ServiceIdentity(ServiceNames.Payments),
            _time
        );

    [Fact]
    public void A_token_is_brought_along_again_for_a_minute()
    {
        var token = _tokens.CreateFor(ServiceNames.Orders);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(token, _tokens.CreateFor(ServiceNames.Orders));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(token, _tokens.CreateFor(ServiceNames.Orders));
    }

    [Fact]
    public void A_token_is_for_one_service()
    {
        var token = new JsonWebToken(_tokens.CreateFor(ServiceNames.Orders));
        var other = new JsonWebToken(_tokens.CreateFor(ServiceNames.Products));

        Assert.Equal([ServiceNames.Orders], token.Audiences);
        Assert.Equal([ServiceNames.Products], other.Audiences);
        Assert.Equal(ServiceNames.Payments, token.Subject);
    }

    [Fact]
    public void Whenever_it_is_asked_for_a_token_is_good_for_four_minutes_more()
    {
        for (var second = 0; second < 600; second += 7)
        {
            AssertIsGood(_tokens.CreateFor(ServiceNames.Orders));
            _time.Advance(TimeSpan.FromSeconds(7));
        }
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_a_new_one()
    {
        _tokens.CreateFor(ServiceNames.Orders);

        _time.AdjustTime(_time.GetUtcNow().AddHours(-1));

        AssertIsGood(_tokens.CreateFor(ServiceNames.Orders));
    }

    private void AssertIsGood(string token)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var read = new JsonWebToken(token);
        Assert.InRange(read.ValidTo - now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.InRange(read.ValidFrom, DateTime.MinValue, now);
    }
}
