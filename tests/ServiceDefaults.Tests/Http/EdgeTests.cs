using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Http;

/// <summary>What comes in is read, or it is the client's fault; and text is the same text however it was typed.</summary>
public sealed class EdgeTests(EdgeApp app) : IClassFixture<EdgeApp>
{
    // "한글 Café", with every letter taken apart, and put together.
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af Cafe\u0301";
    private const string Together = "\ud55c\uae00 Caf\u00e9";

    public static TheoryData<string> Charsets
    {
        get
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return [.. Encoding.GetEncodings().Select(encoding => encoding.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Charsets))]
    public async Task Every_charset_is_read_or_refused(string charset)
    {
        var encoding = CodePages(charset);
        var bytes = encoding.GetBytes("""{"name":"Mug"}""");
        // Some have no braces.
        var canSayIt = encoding.GetString(bytes) == """{"name":"Mug"}""";
        foreach (
            var type in new[] { $"application/json; charset={charset}", $"application/json; charset=\"{charset}\"" }
        )
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.TryAddWithoutValidation("Content-Type", type);

            var answer = await app.Client.PostAsync("/echo", content);

            if (answer.StatusCode == HttpStatusCode.UnsupportedMediaType)
            {
                await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
            }
            else if (!canSayIt)
            {
                await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
            }
            else
            {
                Assert.Equal("Mug", (await answer.JsonAsync()).GetProperty("name").GetString());
            }
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("\"utf-8\"")]
    [InlineData("UTF-8")]
    [InlineData("utf-16")]
    [InlineData("euc-kr")]
    [InlineData("\"EUC-KR\"")]
    public async Task What_can_be_read_is_read(string charset)
    {
        using var content = new ByteArrayContent(
            CodePages(charset.Trim('"')).GetBytes($$"""{"name":"{{Together[..2]}}"}""")
        );
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        var said = await app.Client.PostAsync("/echo", content).JsonAsync();

        Assert.Equal(Together[..2], said.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=\"klingon\"")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("application/json; charset=utf-8; charset=klingon")]
    [InlineData("application/json; charset='utf-8'")]
    [InlineData("application/json; charset=\"utf-8")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json;;")]
    [InlineData("application/json; charset=\"한글\"")]
    [InlineData("application/json; charset=\u0000")]
    [InlineData("application/")]
    [InlineData(";")]
    public async Task No_content_type_is_the_shop_s_fault(string type)
    {
        var status = await app.SendRawAsync(
            $"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: 2\r\n\r\n{{}}"
        );

        Assert.True(status is 200 or 400 or 415, $"It is {status}.");
    }

    [Theory]
    [InlineData("80000000")]
    [InlineData("7fffffff")]
    [InlineData("ffffffff")]
    [InlineData("100000000")]
    [InlineData("7fffffffffffffff")]
    [InlineData("ffffffffffffffffffffffff")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("zz")]
    [InlineData("5;")]
    [InlineData("１")]
    public async Task No_size_of_a_chunk_is_the_shop_s_fault(string size)
    {
        foreach (var path in new[] { "/echo", "/bytes" })
        {
            var status = await app.SendRawAsync(
                $"POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n"
                    + new string(' ', 2 * 1024 * 1024)
            );

            Assert.True(status is >= 400 and < 500, $"It is {status}.");
        }
    }

    [Theory]
    [InlineData("\"GLAD\"", true)]
    [InlineData("\"VERY_SAD\"", true)]
    [InlineData("\"GLAD, VERY_SAD\"", false)]
    [InlineData("\"GLAD,VERY_SAD\"", false)]
    [InlineData("\"GLAD,GLAD\"", false)]
    [InlineData("\" GLAD\"", false)]
    [InlineData("\"glad\"", false)]
    [InlineData("\"VerySad\"", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("0", false)]
    [InlineData("[\"GLAD\"]", false)]
    public async Task An_enum_is_one_of_its_words(string word, bool isWord)
    {
        var answer = app.Client.PostAsync(
            "/echo",
            new StringContent($$"""{"mood":{{word}}}""", Encoding.UTF8, "application/json")
        );

        if (isWord)
        {
            Assert.Equal(word, (await answer.JsonAsync()).GetProperty("mood").GetRawText());
        }
        else
        {
            await answer.ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
        }
    }

    [Fact]
    public async Task Text_in_a_body_is_put_together_and_trimmed()
    {
        var said = await SayAsync(
                new
                {
                    name = $" \u3000{Apart}\u00a0\u200b",
                    inner = new { name = Apart },
                    words = new[] { Apart },
                }
            )
            .JsonAsync();

        AssertCodePoints(Together, said.GetProperty("name").GetString());
        AssertCodePoints(Together, said.GetProperty("inner").GetProperty("name").GetString());
        AssertCodePoints(Together, said.GetProperty("words")[0].GetString());
    }

    [Fact]
    public async Task Text_in_a_query_is_put_together_and_trimmed()
    {
        var said = await app
            .Client.GetAsync(
                $"/echo?q={Uri.EscapeDataString($" {Apart} ")}&words={Uri.EscapeDataString(Apart)}&words=b"
            )
            .JsonAsync();

        AssertCodePoints(Together, said.GetProperty("q").GetString());
        AssertCodePoints(Together, said.GetProperty("words")[0].GetString());
        Assert.Equal("b", said.GetProperty("words")[1].GetString());
    }

    [Fact]
    public async Task Text_in_a_form_is_put_together_and_trimmed()
    {
        using var form = new FormUrlEncodedContent([new("name", $" {Apart}")]);
        AssertCodePoints(
            Together,
            (await app.Client.PostAsync("/form", form).JsonAsync()).GetProperty("name").GetString()
        );

        using var parts = new MultipartFormDataContent { { new StringContent($"{Apart} "), "name" } };
        AssertCodePoints(
            Together,
            (await app.Client.PostAsync("/form", parts).JsonAsync()).GetProperty("name").GetString()
        );
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u200b\u200d\ufeff \u2060")]
    [InlineData("\u3164\uffa0\u115f\u1160")]
    [InlineData("\u2800")]
    [InlineData("\u202e")]
    [InlineData("\ufe0f")]
    [InlineData("\udb40\udc41")]
    [InlineData("\u00ad")]
    public async Task What_has_nothing_visible_is_nothing(string text)
    {
        Assert.Equal("", (await SayAsync(new { name = text }).JsonAsync()).GetProperty("name").GetString());
        Assert.Equal(
            "",
            (await app.Client.GetAsync($"/echo?q={Uri.EscapeDataString(text)}").JsonAsync())
                .GetProperty("q")
                .GetString()
        );
    }

    [Theory]
    [InlineData("\u2764\ufe0f")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("a\u0338")]
    [InlineData("ｆｕｌｌ㎏")]
    [InlineData("\u200fשלום")]
    public async Task What_is_visible_stays_as_it_is(string text)
    {
        AssertCodePoints(text, (await SayAsync(new { name = text }).JsonAsync()).GetProperty("name").GetString());
        AssertCodePoints(
            text,
            (await app.Client.GetAsync($"/echo?q={Uri.EscapeDataString(text)}").JsonAsync())
                .GetProperty("q")
                .GetString()
        );
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u007fb")]
    [InlineData("a\u2028b")]
    [InlineData("a\ufffeb")]
    [InlineData("a\uffff")]
    public async Task Control_characters_are_refused_by_the_name_of_what_has_them(string text)
    {
        await SayAsync(new { name = text }).InvalidAsync("name");
        await SayAsync(new { inner = new { name = text } }).InvalidAsync("inner.name");
        await SayAsync(new { words = new[] { "a", text } }).InvalidAsync("words[1]");
        await app.Client.GetAsync($"/echo?q={Uri.EscapeDataString(text)}").InvalidAsync("q");
        using var form = new FormUrlEncodedContent([new("name", text)]);
        var refused = app.Client.PostAsync("/form", form);
        // Reading the form finds the one by itself.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            await refused.ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
        }
        else
        {
            await refused.InvalidAsync("name");
        }
    }

    [Fact]
    public async Task Half_a_letter_is_no_text()
    {
        using var half = new StringContent("""{"name":"a\ud800"}""", Encoding.UTF8, "application/json");

        await app.Client.PostAsync("/echo", half).ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Theory]
    [InlineData("/echo?q=a", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/form", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/echo?q=%00", HttpStatusCode.BadRequest)]
    public async Task A_head_answers_as_a_get(string path, HttpStatusCode status)
    {
        var get = await app.Client.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        var head = await app.Client.SendAsync(request);

        Assert.Equal(status, get.StatusCode);
        Assert.Equal(status, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(Names(get.Headers), Names(head.Headers));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        static IEnumerable<string> Names(HttpResponseHeaders headers) =>
            headers
                .Select(header => header.Key)
                .Where(name => name != "Transfer-Encoding")
                .Order(StringComparer.Ordinal);
    }

    private static Encoding CodePages(string charset)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(charset);
    }

    private Task<HttpResponseMessage> SayAsync(object body) =>
        app.Client.PostAsJsonAsync("/echo", body, JsonSerializerOptions.Web);

    /// <summary>Code by code: whoever compares texts may take different ones for equal.</summary>
    private static void AssertCodePoints(string expected, string? actual) =>
        Assert.Equal(expected.Select(letter => (int)letter), actual?.Select(letter => (int)letter));
}
