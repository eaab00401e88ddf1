using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

/// <summary>The gateway vouches for who is an administrator now, and for nobody else.</summary>
public sealed class VouchingTests : IClassFixture<GatewayFactory>
{
    private const long UserId = 7;

    private readonly GatewayFactory _gateway;

    public VouchingTests(GatewayFactory gateway)
    {
        _gateway = gateway;
        _gateway.AboutUser = id => GatewayFactory.User(id, "ADMIN");
        _gateway.Asked.Clear();
    }

    [Theory]
    [InlineData("POST", "/api/products", "product-svc")]
    [InlineData("PUT", "/api/products/1", "product-svc")]
    [InlineData("DELETE", "/api/products/1", "product-svc")]
    [InlineData("PATCH", "/api/orders/1/status?status=CONFIRMED", "order-svc")]
    [InlineData("POST", "/api/payments/1/refund", "payment-svc")]
    [InlineData("DELETE", "/api/payments/orders/1/deposit", "payment-svc")]
    [InlineData("GET", "/api/orders/export", "order-svc")]
    [InlineData("GET", "/api/payments/export/", "payment-svc")]
    public async Task What_changes_something_brings_a_proof_for_its_service(string method, string url, string service)
    {
        var proof = new JsonWebToken(await ProofOfAsync(await SendAsync(method, url)));

        Assert.Equal(ServiceNames.Gateway, proof.Subject);
        Assert.Equal($"{UserId}", proof.GetClaim("admin").Value);
        Assert.Equal([$"{service} admin"], proof.Audiences);
        Assert.InRange(proof.ValidTo, DateTime.UtcNow, DateTime.UtcNow.AddMinutes(2));
        var (asked, authorization) = Assert.Single(_gateway.Asked);
        Assert.Equal(UserId, asked);
        var token = new JsonWebToken(authorization.Split(' ')[1]);
        Assert.Equal((ServiceNames.Gateway, ServiceNames.Users), (token.Subject, token.Audiences.Single()));
    }

    [Theory]
    [InlineData("GET", "/api/orders", true)]
    [InlineData("GET", "/api/products", true)]
    [InlineData("POST", "/api/orders", false)]
    [InlineData("PATCH", "/api/orders/1/status", false)]
    // user-svc looks for itself.
    [InlineData("PATCH", "/api/users/1/role", true)]
    public async Task All_else_asks_nobody_and_brings_none(string method, string url, bool admin)
    {
        Assert.Null(await ProofOfAsync(await SendAsync(method, url, admin)));
        Assert.Empty(_gateway.Asked);
    }

    [Fact]
    public async Task Each_request_asks_anew()
    {
        Assert.NotNull(await ProofOfAsync(await SendAsync("POST", "/api/products")));

        _gateway.AboutUser = id => GatewayFactory.User(id, "USER");

        Assert.Null(await ProofOfAsync(await SendAsync("POST", "/api/products")));
    }

    [Fact]
    public async Task Nobody_vouches_for_whom_there_is_not()
    {
        _gateway.AboutUser = _ => Results.NotFound();

        Assert.Null(await ProofOfAsync(await SendAsync("POST", "/api/products")));
    }

    /// <summary>Not even a genuine one, which somebody got hold of.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_proof_from_outside_does_not_come_through(bool admin)
    {
        _gateway.AboutUser = id => GatewayFactory.User(id, "USER");

        var answer = await SendAsync(
            "POST",
            "/api/products",
            admin,
            TestTokens.AdminProof(ServiceNames.Products, UserId)
        );

        Assert.Null(await ProofOfAsync(answer));
        Assert.Null(
            await ProofOfAsync(
                await SendAsync("GET", "/api/users/me", admin, TestTokens.AdminProof(ServiceNames.Users, UserId))
            )
        );
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task Without_an_answer_an_administrator_changes_nothing(int status)
    {
        _gateway.AboutUser = _ => Results.StatusCode(status);

        var answer = await SendAsync("POST", "/api/products");

        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        await SendAsync("POST", "/api/products", admin: false).JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string method, string url, bool admin = true, string? proof = null)
    {
        var client = _gateway.CreateClientFor(UserId, admin: admin);
        if (proof is not null)
        {
            client.WithAdminProof(proof);
        }

        return client.SendAsync(new HttpRequestMessage(new HttpMethod(method), url));
    }

    private static async Task<string?> ProofOfAsync(HttpResponseMessage answer)
    {
        var seen = await answer.JsonAsync();
        return seen.GetProperty("headers").TryGetProperty(AdminProofs.Header.ToLowerInvariant(), out JsonElement proof)
            ? proof.GetString()
            : null;
    }
}
