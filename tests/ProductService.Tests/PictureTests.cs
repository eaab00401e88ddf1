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

    private static readonly byte[] s_png = PictureBytes.Png(3, 2);
    private static readonly byte[] s_jpeg = PictureBytes.Jpeg(3, 2);
    private static readonly byte[] s_webp = PictureBytes.WebP(3, 2);

    private readonly HttpClient _admin = app.CreateAdminClient(userId: 42);

    public static TheoryData<byte[], string, string> Pictures =>
        new()
        {
            { s_png, "image/png", "png" },
            { s_jpeg, "image/jpeg", "jpg" },
            { s_webp, "image/webp", "webp" },
            { PictureBytes.LosslessWebP(3, 2), "image/webp", "webp" },
            { PictureBytes.ExtendedWebP(3, 2), "image/webp", "webp" },
        };

    public static TheoryData<byte[]> Fragments
    {
        get
        {
            // Cut off anywhere before its size is told.
            var fragments = new TheoryData<byte[]>(
                PictureBytes
                    .All(3, 2)
                    .SelectMany(picture =>
                        Enumerable.Range(1, picture.SizeEnd - 1).Select(length => picture.Bytes[..length])
                    )
                    .DistinctBy(Convert.ToHexString)
            );
            fragments.Add([.. PictureBytes.Png(3, 2)[..12], .. "IDAT"u8, .. PictureBytes.Png(3, 2)[16..]]);
            fragments.Add([.. PictureBytes.Png(3, 2)[..8], 0, 0, 0, 12, .. PictureBytes.Png(3, 2)[12..]]);
            // A segment that is said to be shorter than its own length.
            fragments.Add([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
            return fragments;
        }
    }

    public static TheoryData<byte[]> Oversized
    {
        get
        {
            var oversized = new TheoryData<byte[]>();
            foreach (var (width, height) in new[] { (10_001, 1), (1, 10_001), (8_000, 8_000) })
            {
                foreach (var picture in PictureBytes.All(width, height))
                {
                    oversized.Add(picture.Bytes);
                }
            }

            oversized.Add(PictureBytes.Png(30_000, 30_000));
            oversized.Add(PictureBytes.Png(int.MaxValue, int.MaxValue));
            oversized.Add(PictureBytes.Png(-1, -1));
            return oversized;
        }
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public async Task What_ends_before_its_size_is_told_is_no_picture(byte[] fragment) =>
        await UploadAsync(fragment).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    public async Task What_has_no_size_is_no_picture(int width, int height)
    {
        await UploadAsync(PictureBytes.Png(width, height))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
        await UploadAsync(PictureBytes.Jpeg(width, height))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
    }

    [Theory]
    [MemberData(nameof(Oversized))]
    public async Task A_picture_that_fills_a_browsers_memory_is_refused(byte[] picture)
    {
        var problem = await UploadAsync(picture).ProblemAsync(HttpStatusCode.UnprocessableEntity, "picture_too_large");

        Assert.Equal(10_000, problem.GetProperty("maxSide").GetInt32());
        Assert.Equal(40_000_000, problem.GetProperty("maxPixels").GetInt32());
    }

    [Fact]
    public async Task The_largest_picture_is_taken()
    {
        foreach (var picture in PictureBytes.All(10_000, 4_000).Concat(PictureBytes.All(4_000, 10_000)))
        {
            await UploadAsync(picture.Bytes).JsonAsync(HttpStatusCode.Created);
        }
    }

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

        await app.Services.GetRequiredService<UnusedPictureCleaner>().RunOnceAsync(CancellationToken.None);

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
