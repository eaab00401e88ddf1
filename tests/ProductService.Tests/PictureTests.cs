using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ProductService.Catalogue;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Pictures that administrators upload.</summary>
public sealed class PictureTests(ProductApp app) : IClassFixture<ProductApp>
{
    private const string Path = "/api/products/images";

    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF, 0xE0];
    private static readonly byte[] s_webp = [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBP"u8];

    private readonly HttpClient _admin = app.CreateAdminClient(userId: 42);

    public static TheoryData<byte[], string, string> Pictures =>
        new()
        {
            { s_png, "image/png", "png" },
            { s_jpeg, "image/jpeg", "jpg" },
            { s_webp, "image/webp", "webp" },
        };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_picture_is_kept_and_shown_for_good(byte[] start, string type, string extension)
    {
        byte[] picture = [.. start, .. Guid.NewGuid().ToByteArray()];

        // Whatever the header says.
        var answer = await UploadAsync(picture, "application/octet-stream");

        var url = (await answer.JsonAsync(HttpStatusCode.Created)).GetProperty("imageUrl").GetString()!;
        Assert.Equal(url, answer.Headers.Location?.OriginalString);
        Assert.Matches($"^/api/products/images/[0-9a-f]{{64}}\\.{extension}$", url);

        var shopper = app.CreateAnonymousClient();
        var shown = await shopper.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(picture, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal(type, shown.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            "public, max-age=31536000, immutable",
            string.Join(", ", shown.Headers.GetValues("Cache-Control"))
        );
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());

        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(shown.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await shopper.SendAsync(again)).StatusCode);

        // Under no other name.
        foreach (var other in PictureNames(url, extension))
        {
            await shopper.GetAsync(other).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task The_same_picture_has_the_same_address()
    {
        byte[] picture = [.. s_png, .. Guid.NewGuid().ToByteArray()];

        var urls = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(async _ =>
                    (await UploadAsync(picture).JsonAsync(HttpStatusCode.Created)).GetProperty("imageUrl").GetString()
                )
        );

        Assert.Single(urls.Distinct());
    }

    [Fact]
    public async Task A_product_takes_it()
    {
        var url = (await UploadAsync(s_png).JsonAsync(HttpStatusCode.Created)).GetProperty("imageUrl").GetString();

        var product = await _admin
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = "그림",
                    price = 1,
                    category = "그림",
                    imageUrl = url,
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(url, product.GetProperty("imageUrl").GetString());
    }

    [Fact]
    public async Task After_a_day_only_those_that_products_show_are_kept()
    {
        var shown = await UploadNewAsync();
        var replaced = await UploadNewAsync();
        var id = await app.AddAsync();
        await ShowAsync(id, replaced);
        await ShowAsync(id, shown);
        var neverTaken = await UploadNewAsync();
        byte[] picture = [.. s_png, .. Guid.NewGuid().ToByteArray()];
        var wanted = await UploadedAsync(picture);
        await app.ExecuteAsync("UPDATE product_images SET created_at = UTC_TIMESTAMP() - INTERVAL 25 HOUR");
        await UploadedAsync(picture);
        var young = await UploadNewAsync();

        await app.Services.GetRequiredService<UnusedPictures>().RunOnceAsync(CancellationToken.None);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK],
            await Task.WhenAll(new[] { shown, replaced, neverTaken, wanted, young }.Select(StatusAsync))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a")]
    [InlineData("RIFF1234WAVE")]
    [InlineData("RIFF")]
    public async Task Anything_else_is_no_picture_whatever_it_calls_itself(string content) =>
        await UploadAsync(System.Text.Encoding.Latin1.GetBytes(content), "image/png")
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");

    [Fact]
    public async Task A_mebibyte_is_the_most()
    {
        var largest = new byte[1024 * 1024];
        s_jpeg.CopyTo(largest, 0);
        await UploadAsync(largest).JsonAsync(HttpStatusCode.Created);

        await UploadAsync([.. largest, 0]).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    private static IEnumerable<string> PictureNames(string url, string extension) =>
        new[] { "png", "jpg", "webp", "svg", "" }
            .Where(other => other != extension)
            .Select(other => url.Replace($".{extension}", $".{other}", StringComparison.Ordinal))
            .Append(url.ToUpperInvariant().Replace("/API/PRODUCTS/IMAGES/", $"{Path}/", StringComparison.Ordinal));

    private async Task<HttpStatusCode> StatusAsync(string url) =>
        (await app.CreateAnonymousClient().GetAsync(url)).StatusCode;

    private Task<string> UploadNewAsync() => UploadedAsync([.. s_png, .. Guid.NewGuid().ToByteArray()]);

    private async Task<string> UploadedAsync(byte[] picture) =>
        (await UploadAsync(picture).JsonAsync(HttpStatusCode.Created)).GetProperty("imageUrl").GetString()!;

    private async Task ShowAsync(long id, string imageUrl) =>
        await _admin
            .PutAsJsonAsync(
                $"/api/products/{id}",
                new
                {
                    name = "그림",
                    price = 1,
                    category = "그림",
                    imageUrl,
                }
            )
            .JsonAsync();

    private async Task<HttpResponseMessage> UploadAsync(byte[] picture, string type = "image/png") =>
        await _admin.PostAsync(
            Path,
            new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }
        );
}
