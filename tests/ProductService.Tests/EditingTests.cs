using System.Net;
using System.Net.Http.Json;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Two administrators edit one product: neither silently undoes what the other did.</summary>
public sealed class EditingTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public async Task Who_saves_second_is_told_what_it_is_now()
    {
        var id = await app.AddAsync(price: 1_000);
        var seen = await SeeAsync(id);
        await PutAsync(id, 1_500, seen).JsonAsync();

        var problem = await PutAsync(id, 1_000, seen, name: "배")
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "changed_meanwhile");

        var current = problem.GetProperty("current");
        Assert.Equal(1_500, current.GetProperty("price").GetInt64());
        Assert.Equal(1_500, (await app.ReadAsync(id)).GetProperty("price").GetInt64());
        await PutAsync(id, 1_700, $"\"{current.GetProperty("version").GetString()}\"").JsonAsync();
    }

    [Fact]
    public async Task What_is_answered_has_the_next_version()
    {
        var id = await app.AddAsync();

        var saved = await PutAsync(id, 1_500, await SeeAsync(id));
        var version = (await saved.JsonAsync()).GetProperty("version").GetString();

        Assert.Equal($"\"{version}\"", saved.Headers.ETag!.Tag);
        await PutAsync(id, 1_600, saved.Headers.ETag.Tag).JsonAsync();
    }

    [Fact]
    public async Task The_same_once_more_is_no_contradiction()
    {
        var id = await app.AddAsync();
        var seen = await SeeAsync(id);

        await PutAsync(id, 1_500, seen).JsonAsync();
        await PutAsync(id, 1_500, seen).JsonAsync();
    }

    [Fact]
    public async Task Sales_are_no_edits()
    {
        var id = await app.AddAsync(stock: 10);
        var seen = await SeeAsync(id);
        await app.TakeAsync(ProductApp.NewOrderNumber(), (id, 10)).JsonAsync();
        await app.AdjustAsync(id, 5).JsonAsync();

        await PutAsync(id, 1_500, seen).JsonAsync();
    }

    [Fact]
    public async Task A_product_that_was_taken_out_of_the_shop_has_changed()
    {
        var id = await app.AddAsync();
        var seen = await SeeAsync(id);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await app.SendAsync(HttpMethod.Delete, $"/api/products/{id}", null, "If-Match", seen)).StatusCode
        );

        await PutAsync(id, 1_500, seen).ProblemAsync(HttpStatusCode.PreconditionFailed, "changed_meanwhile");
    }

    [Fact]
    public async Task A_product_that_changed_is_not_taken_out_of_the_shop()
    {
        var id = await app.AddAsync();
        var seen = await SeeAsync(id);
        await PutAsync(id, 1_500, seen).JsonAsync();

        await app.SendAsync(HttpMethod.Delete, $"/api/products/{id}", null, "If-Match", seen)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "changed_meanwhile");
        Assert.Equal("AVAILABLE", await app.StatusAsync(id));
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("\"other\", {0}", null)]
    [InlineData("W/{0}", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"other\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("no tag", HttpStatusCode.BadRequest)]
    public async Task If_Match_is_read_as_HTTP_has_it(string ifMatch, HttpStatusCode? refused)
    {
        var id = await app.AddAsync();

        var answer = await PutAsync(id, 1_500, ifMatch.Replace("{0}", await SeeAsync(id)));

        Assert.Equal(refused ?? HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_sends_no_version_is_served_as_ever()
    {
        var id = await app.AddAsync();

        await app.CreateAdminClient().PutAsJsonAsync($"/api/products/{id}", Details(1_500, "사과")).JsonAsync();

        Assert.Equal(1_500, (await app.ReadAsync(id)).GetProperty("price").GetInt64());
    }

    private async Task<string> SeeAsync(long id) =>
        (await app.CreateAdminClient().GetAsync($"/api/products/{id}")).Headers.ETag?.Tag ?? "";

    private Task<HttpResponseMessage> PutAsync(long id, long price, string ifMatch, string name = "사과") =>
        app.SendAsync(HttpMethod.Put, $"/api/products/{id}", Details(price, name), "If-Match", ifMatch);

    private static object Details(long price, string name) =>
        new
        {
            name,
            price,
            category = "시험",
        };
}
