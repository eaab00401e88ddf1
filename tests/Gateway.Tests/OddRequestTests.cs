using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MsaShop.Gateway.Tests;

/// <summary>What browsers and programs send that is not quite as it should be: it goes through, or it is refused.</summary>
public sealed class OddRequestTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    public static TheoryData<string> Headers =>
        [
            .. new[]
            {
                "Cookie",
                "Accept",
                "Accept-Language",
                "Authorization",
                "Baggage",
                "Content-Type",
                "Expect",
                "Forwarded",
                "If-Match",
                "If-Modified-Since",
                "If-None-Match",
                "Idempotency-Key",
                "Origin",
                "Range",
                "Referer",
                "Request-Id",
                "TE",
                "Traceparent",
                "Tracestate",
                "Upgrade",
                "User-Agent",
                "Via",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Anything",
            },
        ];

    [Theory]
    [InlineData("Cookie", "최근본상품=머그컵; shop_refresh=abc")]
    [InlineData("X-Anything", "머그컵")]
    [InlineData("User-Agent", "브라우저/1.0")]
    [InlineData("Referer", "https://쇼핑몰.example/머그컵")]
    public async Task Headers_in_UTF_8_go_through(string name, string value)
    {
        var (status, body) = await SendAsync($"GET /api/products HTTP/1.1\r\nHost: a\r\n{name}: {value}");

        Assert.Equal(200, status);
        Assert.Equal(
            value,
            JsonSerializer
                .Deserialize<JsonElement>(body)
                .GetProperty("headers")
                .GetProperty(name.ToLowerInvariant())
                .GetString()
        );
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task No_header_is_the_shop_s_fault(string name)
    {
        foreach (
            var value in new[]
            {
                "머그컵",
                "",
                "\"",
                "a\tb",
                "\u0001",
                "\u007f",
                "café",
                ",,;;==",
                "00-0-0-0",
                new string('x', 4096),
                "\u200b",
            }
        )
        {
            foreach (var start in new[] { "GET /api/products", "POST /api/users/login" })
            {
                var (status, body) = await SendAsync(
                    $"{start} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n{name}: {value}"
                );

                Assert.True(status < 500, $"{start} with {name}: {value} is {status}: {body}");
            }
        }
    }

    [Theory]
    [InlineData("/api/products?q=머그컵")]
    [InlineData("/api/products/머그컵")]
    [InlineData("/api/products?q=%ud55c")]
    [InlineData("/api/products?q=%")]
    [InlineData("/api/products/%00")]
    [InlineData("/api/products/%2e%2e%2f%2e%2e%2finternal")]
    [InlineData("/api/products/\\..\\internal")]
    [InlineData("/api/products/a b")]
    [InlineData("/api/products?q=a\"b<c>d|e{f}^g`")]
    [InlineData("/api/products#머그컵")]
    [InlineData("http://a:99999/api/products")]
    [InlineData("http:///api/products")]
    [InlineData("//api/products")]
    [InlineData("*")]
    [InlineData("/api/products/[::1]")]
    public async Task No_address_is_the_shop_s_fault(string target)
    {
        var (status, body) = await SendAsync($"GET {target} HTTP/1.1\r\nHost: a");

        Assert.True(status < 500, $"It is {status}: {body}");
    }

    [Fact]
    public async Task Latin_1_in_a_header_is_refused_and_not_taken_for_a_failure()
    {
        var (status, _) = await SendAsync(
            "GET /api/products HTTP/1.1\r\nHost: a\r\nCookie: caf\u00e9=1",
            encoding: Encoding.Latin1
        );

        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    [InlineData("7fffffffffffffffffffff")]
    [InlineData("zz")]
    [InlineData("-5")]
    public async Task No_size_of_a_chunk_is_the_shop_s_fault(string size)
    {
        var (status, body) = await SendAsync(
            "POST /api/users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked",
            $"{size}\r\n{{}}\r\n0\r\n\r\n"
        );

        Assert.Equal(400, status);
        Assert.Equal(
            "malformed_request",
            JsonSerializer.Deserialize<JsonElement>(body).GetProperty("code").GetString()
        );
    }

    [Fact]
    public async Task The_page_about_the_API_answers_a_head_as_a_get()
    {
        var client = gateway.CreateAnonymousClient();
        var get = await client.GetAsync("/docs/");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/docs/");
        var head = await client.SendAsync(request);

        Assert.Equal((200, 200), ((int)get.StatusCode, (int)head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
    }

    /// <summary>Sends what no HTTP client would.</summary>
    private async Task<(int Status, string Body)> SendAsync(string head, string body = "", Encoding? encoding = null)
    {
        var address = gateway.ClientOptions.BaseAddress;
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync((encoding ?? Encoding.UTF8).GetBytes($"{head}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        var parts = answer.Split("\r\n\r\n", 2);
        return (
            int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture),
            // Answers of the stub come in one chunk.
            parts[1][Math.Max(parts[1].IndexOf('{', StringComparison.Ordinal), 0)..].TrimEnd('\r', '\n', '0')
        );
    }
}
