using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

public sealed class ProtectionTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    private readonly HttpClient _anyone = gateway.CreateAnonymousClient();

    // The larger one is more than the sockets between hold: the client is still sending it when the answer comes, and
    // hears of the answer only if the connection is not cut under it.
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(16 * 1024 * 1024, false)]
    [InlineData(16 * 1024 * 1024, true)]
    public async Task A_body_too_large_is_refused_whether_or_not_it_says_so(int excess, bool chunked)
    {
        using var content = new ByteArrayContent(new byte[ServiceDefaultsExtensions.MaxRequestBodySize + excess]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users/login") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await _anyone.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.True(answer.Headers.ConnectionClose, "The client would use the connection again, which ends.");
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_size_says_it_to_the_service()
    {
        using var content = new ByteArrayContent(new byte[100_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/users/login") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        var answer = await _anyone.SendAsync(request);

        var headers = (await answer.JsonAsync()).GetProperty("headers");
        Assert.Equal("100000", headers.GetProperty("content-length").GetString());
        Assert.False(headers.TryGetProperty("transfer-encoding", out _));
    }

    [Fact]
    public async Task The_storefront_may_call_with_its_cookies_and_no_other_page_may()
    {
        var allowed = await PreflightAsync("http://localhost:3000");
        var refused = await PreflightAsync("http://evil.example");

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("http://localhost:3000", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", allowed.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        var headers = allowed.Headers.GetValues("Access-Control-Allow-Headers").Single();
        Assert.Contains("authorization", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("idempotency-key", headers, StringComparison.OrdinalIgnoreCase);
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
        Assert.Equal(
            ["ETag", "Location", "Retry-After", "Idempotency-Replayed"],
            answer.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(',')
        );
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

    /// <summary>A school, an office, a mobile network: somebody who guesses there keeps nobody else out.</summary>
    [Fact]
    public async Task A_hundred_people_at_one_address_sign_in_while_one_of_them_guesses()
    {
        await using var slow = new GatewayFactory();
        slow.Settings.Remove("RateLimits:SignIn:Permits");
        slow.Settings.Remove("RateLimits:SignInAddress:Permits");
        await slow.InitializeAsync();
        var client = slow.CreateAnonymousClient();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 75; i++)
        {
            // In more ways than one to write the same account, and in some that are none.
            string[] bodies =
            [
                Body("Victim@x.kr"),
                Body(" victim@x.kr"),
                "{",
                Body(new string('v', 1000)),
                Body("\\ud800"),
                """{"\ud800":1}""",
            ];
            var these = await Task.WhenAll(Enumerable.Range(0, 20).Select(guess => LogInAsync(bodies[guess % 6])));
            answers.AddRange(these.Select(answer => answer.StatusCode));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Distinct().Order());
        for (var person = 0; person < 100; person++)
        {
            await LogInAsync(Body($"person{person}@school.kr")).JsonAsync();
        }

        Task<HttpResponseMessage> LogInAsync(string body) =>
            client.PostAsync("/api/users/login", new StringContent(body, Encoding.UTF8, "application/json"));

        static string Body(string email) => $$"""{"password":"guess","Email":"{{email}}"}""";
    }

    /// <summary>Trying a few passwords of many accounts slows unknown browsers, and no known one.</summary>
    [Fact]
    public async Task A_browser_in_which_somebody_has_signed_in_before_counts_for_itself()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:SignIn:Permits"] = "2";
        slow.Settings["RateLimits:SignIn:Window"] = "01:00:00";
        slow.Settings["RateLimits:SignInAddress:Permits"] = "3";
        slow.Settings["RateLimits:SignInAddress:Window"] = "01:00:00";
        await slow.InitializeAsync();
        for (var i = 0; i < 3; i++)
        {
            await LogInAsync($"user{i}@x.kr", null).JsonAsync();
        }

        await LogInAsync("user4@x.kr", null).ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        await LogInAsync("user5@x.kr", TestTokens.ForgedAccessToken(5))
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        await LogInAsync("user5@x.kr", TestTokens.AccessToken(5))
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        await LogInAsync("user6@x.kr", TestTokens.DeviceCookie(6)).JsonAsync();
        // Not without end, however many browsers: each wants a password to be hashed.
        await LogInAsync("user7@x.kr", TestTokens.DeviceCookie(6)).JsonAsync();
        await LogInAsync("user8@x.kr", TestTokens.DeviceCookie(6))
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        await LogInAsync("user9@x.kr", TestTokens.DeviceCookie(9)).JsonAsync();

        Task<HttpResponseMessage> LogInAsync(string email, string? device)
        {
            var client = slow.CreateAnonymousClient();
            if (device is not null)
            {
                client.DefaultRequestHeaders.Add("Cookie", $"other=1; shop_device={device}");
            }

            return client.PostAsJsonAsync("/api/users/login", new { email, password = "guess" });
        }
    }

    /// <summary>What else comes from an address does not count against signing in.</summary>
    [Fact]
    public async Task Who_looks_around_too_fast_keeps_nobody_at_the_address_from_signing_in()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:General:Permits"] = "2";
        slow.Settings["RateLimits:General:Window"] = "01:00:00";
        await slow.InitializeAsync();
        var client = slow.CreateAnonymousClient();
        await client.GetAsync("/api/products").JsonAsync();
        await client.GetAsync("/api/products").JsonAsync();
        await client.GetAsync("/api/products").ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");

        await client.PostAsJsonAsync("/api/users/login", new { email = "a@x.kr" }).JsonAsync();
    }

    [Fact]
    public async Task A_body_that_was_looked_into_goes_on_as_it_came()
    {
        const string body = """{"email":"누구@x.kr","password":"비밀 번호"}""";
        string? seen = null;
        await using var users = await StubService.StartAsync(app =>
            app.MapPost(
                "/api/users/login",
                async (HttpContext context) =>
                {
                    using var reader = new StreamReader(context.Request.Body);
                    seen = await reader.ReadToEndAsync();
                    return Results.Ok(new { });
                }
            )
        );
        await using var one = new GatewayFactory();
        one.UseService(ServiceNames.Users, users.Address);
        await one.InitializeAsync();

        await one.CreateAnonymousClient()
            .PostAsync("/api/users/login", new StringContent(body, Encoding.UTF8, "application/json"))
            .JsonAsync();

        Assert.Equal(body, seen);
    }

    [Fact]
    public async Task Behind_an_ingress_and_the_storefront_each_client_still_counts_for_itself_and_cannot_pose_as_another()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:SignIn:Permits"] = "1";
        slow.Settings["RateLimits:SignIn:Window"] = "01:00:00";
        slow.Settings["ForwardedHeaders:TrustedNetworks:0"] = "10.244.0.0/16";
        slow.Settings["ForwardedHeaders:TrustedNetworks:1"] = "127.0.0.0/8";
        slow.Settings["ForwardedHeaders:TrustedNetworks:2"] = "::1/128";
        await slow.InitializeAsync();

        // Whatever the client wrote, then its address from the ingress, then the ingress's from the storefront.
        await LogInAsync("203.0.113.5, 10.244.1.7").JsonAsync();
        await LogInAsync("203.0.113.6, 10.244.1.7").JsonAsync();
        await LogInAsync("6.6.6.6, 203.0.113.5, 10.244.1.7")
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");

        Task<HttpResponseMessage> LogInAsync(string forwardedFor)
        {
            var client = slow.CreateAnonymousClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
            return client.PostAsJsonAsync("/api/users/login", new { });
        }
    }

    [Fact]
    public async Task Confirming_payments_has_a_limit_of_its_own_for_each_user()
    {
        await using var slow = new GatewayFactory();
        slow.Settings["RateLimits:Confirm:Permits"] = "2";
        slow.Settings["RateLimits:Confirm:Window"] = "01:00:00";
        await slow.InitializeAsync();
        var (one, other) = (slow.CreateClientFor(1), slow.CreateClientFor(2));

        await one.PostAsJsonAsync("/api/payments/confirm", new { }).JsonAsync();
        await one.PostAsJsonAsync("/api/payments/confirm", new { }).JsonAsync();

        var answer = await one.PostAsJsonAsync("/api/payments/confirm", new { });
        await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        await one.GetAsync("/api/payments/orders/1").JsonAsync();
        await other.PostAsJsonAsync("/api/payments/confirm", new { }).JsonAsync();
    }

    [Fact]
    public async Task Webhooks_are_not_held_up_by_what_else_comes_from_their_address_but_are_limited_too()
    {
        await using var slow = new GatewayFactory();
        foreach (var limit in new[] { "General", "Webhooks" })
        {
            slow.Settings[$"RateLimits:{limit}:Permits"] = "2";
            slow.Settings[$"RateLimits:{limit}:Window"] = "01:00:00";
        }

        await slow.InitializeAsync();
        var client = slow.CreateAnonymousClient();
        await client.GetAsync("/api/products").JsonAsync();
        await client.GetAsync("/api/products").JsonAsync();
        await client.GetAsync("/api/products").ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");

        await client.PostAsJsonAsync("/api/payments/webhooks/toss", new { }).JsonAsync();
        await client.PostAsJsonAsync("/api/payments/webhooks/toss", new { }).JsonAsync();
        await client
            .PostAsJsonAsync("/api/payments/webhooks/toss", new { })
            .ProblemAsync(HttpStatusCode.TooManyRequests, "too_many_requests");
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
