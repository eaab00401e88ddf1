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
                ("ServiceTokens:Callers:payment-svc", Convert.ToBase64String(payments.ExportSubjectPublicKeyInfo())),
                ("ServiceTokens:Callers:gateway-svc", Convert.ToBase64String(gateway.ExportSubjectPublicKeyInfo()))
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
                Configuration(("ServiceTokens:Key", Convert.ToBase64String(key.ExportPkcs8PrivateKey()))),
                new ServiceIdentity(name),
                TimeProvider.System
            );
            return (
                await new JsonWebTokenHandler().ValidateTokenAsync(tokens.CreateFor(ServiceNames.Orders), rules)
            ).IsValid;
        }
    }

    [Fact]
    public async Task While_a_key_is_replaced_tokens_of_both_are_believed_and_of_no_third()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var last = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rules = ServiceTokens.RulesFor(
            ServiceNames.Orders,
            Configuration(
                (
                    "ServiceTokens:Callers:payment-svc",
                    $"{Convert.ToBase64String(next.ExportSubjectPublicKeyInfo())} {Convert.ToBase64String(last.ExportSubjectPublicKeyInfo())}"
                )
            )
        );

        Assert.True(await IsBelievedAsync(next));
        Assert.True(await IsBelievedAsync(last));
        Assert.False(await IsBelievedAsync(stranger));

        async Task<bool> IsBelievedAsync(ECDsa key)
        {
            var tokens = new ServiceTokens(
                Configuration(("ServiceTokens:Key", Convert.ToBase64String(key.ExportPkcs8PrivateKey()))),
                new ServiceIdentity(ServiceNames.Payments),
                TimeProvider.System
            );
            return (
                await new JsonWebTokenHandler().ValidateTokenAsync(tokens.CreateFor(ServiceNames.Orders), rules)
            ).IsValid;
        }
    }

    [Fact]
    public async Task A_proof_that_somebody_is_an_administrator_is_never_believed_for_the_key_that_all_share()
    {
        const string shared = "a key of forty letters that all share ...";
        var rules = ServiceTokens.RulesFor(
            ServiceNames.Orders + " admin",
            Configuration(("ServiceTokens:SharedKey", shared))
        );

        var forged = FirstRelease.Token(ServiceNames.Gateway, ServiceNames.Orders + " admin", shared);

        Assert.False((await new JsonWebTokenHandler().ValidateTokenAsync(forged, rules)).IsValid);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))
            )
            .Build();

    private void AssertIsGood(string token)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var read = new JsonWebToken(token);
        Assert.InRange(read.ValidTo - now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.InRange(read.ValidFrom, DateTime.MinValue, now);
    }
}
