using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

public sealed class ProtectionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private readonly HttpClient _anyone = gateway.CreateAnonymousClient();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_too_large_is_refused_whether_or_not_it_says_so(bool chunked)
    {
        using var content = new ByteArrayContent(new byte[ServiceDefaultsExtensions.MaxRequestBodySize + 1]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users/login") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        await _anyone.SendAsync(request).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task The_storefront_may_call_with_its_cookies_and_no_other_page_may()
    {
        var allowed = await PreflightAsync("http://localhost:3000");
        var refused = await PreflightAsync("http://evil.example");

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("http://localhost:3000", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", allowed.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        Assert.Contains("authorization", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_error_too_can_be_read_by_the_storefront()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders");
        request.Headers.Add("Origin", "http://localhost:3000");

        var answer = await _anyone.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("http://localhost:3000", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("/api/products")]
    [InlineData("/api/orders")]
    [InlineData("/nothing")]
    [InlineData("/docs/")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        var headers = (await _anyone.GetAsync(path)).Headers;

        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", headers.GetValues("Content-Security-Policy").Single());
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task Who_asks_too_fast_waits_and_nobody_else_does()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:General:Permits"] = "3";
        slow.Settings["RateLimits:General:Window"] = "01:00:00";
        await slow.InitializeAsync();
        var (one, other) = (slow.CreateClientFor(1), slow.CreateClientFor(2));

        for (var i = 0; i < 3; i++)
        {
            await one.GetAsync("/api/orders").JsonAsync();
        }

        var answer = await one.GetAsync("/api/orders");
        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        await other.GetAsync("/api/orders").JsonAsync();
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Signing_in_and_up_has_a_stricter_limit_of_its_own()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:SignIn:Permits"] = "2";
        slow.Settings["RateLimits:SignIn:Window"] = "01:00:00";
        await slow.InitializeAsync();
        var client = slow.CreateAnonymousClient();

        await client.PostAsJsonAsync("/api/users/login", new { }).JsonAsync();
        await client.PostAsJsonAsync("/api/users/signup", new { }).JsonAsync();

        await client
            .PostAsJsonAsync("/api/users/login", new { })
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        await client.GetAsync("/api/products").JsonAsync();
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/orders");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");
        return await _anyone.SendAsync(request);
    }
}
