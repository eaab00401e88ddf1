using System.Security.Cryptography;
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

    [Fact]
    public async Task A_token_is_believed_in_the_name_of_whose_key_signed_it_and_in_no_other()
    {
        using var payments = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var gateway = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rules = ServiceTokens.RulesFor(
            ServiceNames.Orders,
            Configuration(
                ("ServiceTokens:Callers:payment-svc", payments.ExportSubjectPublicKeyInfo()),
                ("ServiceTokens:Callers:gateway-svc", gateway.ExportSubjectPublicKeyInfo())
            )
        );

        Assert.True(await IsBelievedAsync(ServiceNames.Payments, payments));
        Assert.True(await IsBelievedAsync(ServiceNames.Gateway, gateway));
        Assert.False(await IsBelievedAsync(ServiceNames.Gateway, payments));
        Assert.False(await IsBelievedAsync(ServiceNames.Payments, stranger));
        Assert.False(await IsBelievedAsync(ServiceNames.Products, stranger));
        Assert.False(await IsBelievedAsync(ServiceNames.Products, payments));

        async Task<bool> IsBelievedAsync(string name, ECDsa key)
        {
            var tokens = new ServiceTokens(
                Configuration(("ServiceTokens:Key", key.ExportPkcs8PrivateKey())),
                new ServiceIdentity(name),
                TimeProvider.System
            );
            return (
                await new JsonWebTokenHandler().ValidateTokenAsync(tokens.CreateFor(ServiceNames.Orders), rules)
            ).IsValid;
        }

        static IConfiguration Configuration(params (string Name, byte[] Key)[] keys) =>
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    keys.Select(key => KeyValuePair.Create<string, string?>(key.Name, Convert.ToBase64String(key.Key)))
                )
                .Build();
    }

    private void AssertIsGood(string token)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var read = new JsonWebToken(token);
        Assert.InRange(read.ValidTo - now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.InRange(read.ValidFrom, DateTime.MinValue, now);
    }
}
