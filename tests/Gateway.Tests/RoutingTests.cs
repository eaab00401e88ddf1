using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

public sealed class RoutingTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private readonly HttpClient _anyone = gateway.CreateAnonymousClient();
    private readonly HttpClient _user = gateway.CreateClientFor(7);

    [Theory]
    [InlineData("POST", "/api/users/signup", "user-svc")]
    [InlineData("POST", "/api/users/login", "user-svc")]
    [InlineData("POST", "/api/users/refresh", "user-svc")]
    [InlineData("POST", "/api/users/logout?everywhere=true", "user-svc")]
    [InlineData("GET", "/api/products?q=%EC%BB%B5&page=2", "product-svc")]
    [InlineData("GET", "/api/products/1", "product-svc")]
    [InlineData("GET", "/api/products/images/1.svg", "product-svc")]
    [InlineData("POST", "/api/payments/webhooks/toss", "payment-svc")]
    [InlineData("GET", "/api/payments/client", "payment-svc")]
    public async Task What_is_public_goes_through_to_its_service_as_it_is(string method, string url, string service)
    {
        var seen = await _anyone.SendAsync(new HttpRequestMessage(new HttpMethod(method), url)).JsonAsync();

        Assert.Equal(url, seen.GetProperty("url").GetString());
        Assert.Equal(service, seen.GetProperty("host").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/users")]
    [InlineData("GET", "/api/users/me")]
    [InlineData("PATCH", "/api/users/2/role")]
    [InlineData("POST", "/api/products")]
    [InlineData("DELETE", "/api/products/1")]
    [InlineData("GET", "/api/orders")]
    [InlineData("POST", "/api/orders")]
    [InlineData("GET", "/api/payments")]
    [InlineData("POST", "/api/payments/client")]
    [InlineData("POST", "/api/payments/confirm")]
    [InlineData("POST", "/api/payments/1/refund")]
    public async Task All_else_wants_a_token_that_is_genuine_and_valid(string method, string url)
    {
        foreach (
            var token in new[]
            {
                null,
                TestTokens.ForgedAccessToken(7),
                TestTokens.AccessToken(7, lifetime: TimeSpan.FromMinutes(-1)),
            }
        )
        {
            var client = gateway.CreateAnonymousClient();
            var answer = (token is null ? client : client.WithToken(token)).SendAsync(new(new(method), url));
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }

        var seen = await _user.SendAsync(new(new(method), url)).JsonAsync();
        Assert.StartsWith("Bearer ", seen.GetProperty("headers").GetProperty("authorization").GetString());
    }

    [Theory]
    [InlineData("/internal/users/1")]
    [InlineData("//internal/users/1")]
    [InlineData("/INTERNAL/users/1")]
    [InlineData("/%69nternal/users/1")]
    [InlineData("/api/../internal/users/1")]
    [InlineData("/api/users/../../internal/users/1")]
    [InlineData("/api/users/%2e%2e/%2e%2e/internal/users/1")]
    [InlineData("/api/users/..%2f..%2finternal/users/1")]
    [InlineData("/api/users/%252e%252e/%252e%252e/internal/users/1")]
    [InlineData("/api/users/..\\..\\internal/users/1")]
    [InlineData("/api/users/..%5c..%5cinternal/users/1")]
    [InlineData("/api/products/..;/..;/internal/users/1")]
    [InlineData("/openapi/../internal.json")]
    public async Task No_spelling_of_a_path_leads_to_what_is_internal(string path)
    {
        var answer = await SendRawAsync(path, TestTokens.AccessToken(7, admin: true));

        // Where the gateway does forward it, what arrives is no internal path once the service has decoded it.
        if (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            var seen = answer.Split("\"path\":\"")[1].Split('"')[0];
            Assert.StartsWith("/api/", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("/../", seen, StringComparison.Ordinal);
        }
        else
        {
            Assert.Matches("^HTTP/1.1 40[04]", answer);
        }
    }

    [Fact]
    public async Task An_unknown_address_is_not_found_for_anyone()
    {
        await _anyone.GetAsync("/nothing").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _user.GetAsync("/api/nothing").ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_a_client_says_about_itself_is_replaced_and_the_trace_goes_on()
    {
        var answer = await SendRawAsync(
            "/api/products",
            TestTokens.AccessToken(7),
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        );

        Assert.DoesNotContain("6.6.6.6", answer, StringComparison.Ordinal);
        Assert.Contains("\"x-forwarded-proto\":\"http\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_lists_the_four_documents_and_loads_nothing_from_elsewhere()
    {
        var page = await _anyone.GetStringAsync("/docs/");

        foreach (var part in new[] { "users", "products", "orders", "payments" })
        {
            Assert.Contains($"openapi/{part}.json", page, StringComparison.Ordinal);
            var seen = await _anyone.GetAsync($"/openapi/{part}.json").JsonAsync();
            Assert.Equal("/openapi/v1.json", seen.GetProperty("url").GetString());
        }

        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public async Task The_gateway_is_healthy_by_itself() =>
        Assert.Equal(HttpStatusCode.OK, (await _anyone.GetAsync("/health")).StatusCode);

    /// <summary>A client library would tidy the path up first.</summary>
    private async Task<string> SendRawAsync(string path, string token, params string[] headers)
    {
        var address = _anyone.BaseAddress!;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"
            )
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
