using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>A catalogue of the release before is taken over, and what its release let in is mended.</summary>
public sealed class UpgradeTests(ProductApp app) : IClassFixture<ProductApp>
{
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af";
    private const string Together = "\ud55c\uae00";

    [Fact]
    public async Task Text_and_addresses_of_pictures_are_mended_by_the_step_that_migrates()
    {
        await MigrateToAsync("20261123155449_CatalogueSearch");
        await app.ExecuteAsync(
            $"""
            INSERT INTO products (id, name, category, image_url, price, stock, status, created_at, updated_at) VALUES
                (1, '{Apart}', '{Apart}', '/api/users/logout?everywhere=true', 1000, 1, 'AVAILABLE', '2026-01-01', '2026-01-01'),
                (2, '3㎏', '{Together}', '/api/products/images/../x.png', 1000, 1, 'AVAILABLE', '2026-01-01', '2026-01-01'),
                (3, 'c', '{Together}', '/api/products/images/birch-wall-clock.svg', 1000, 1, 'AVAILABLE', '2026-01-01', '2026-01-01'),
                (4, 'd', '{Together}', NULL, 1000, 1, 'AVAILABLE', '2026-01-01', '2026-01-01')
            """
        );

        await app.MigrateAsync();

        var products = (await ListAsync("size=100")).ToDictionary(product => product.GetProperty("id").GetInt64());
        Assert.All(products.Values, product => Assert.Equal(Codes(Together), Codes(Text(product, "category")!)));
        Assert.Equal(Codes(Together), Codes(Text(products[1], "name")!));
        Assert.Equal(
            [null, null, "/api/products/images/birch-wall-clock.svg", null],
            new long[] { 1, 2, 3, 4 }.Select(id => Text(products[id], "imageUrl"))
        );
        Assert.Equal(
            1,
            Assert.Single(await ListAsync($"q={Uri.EscapeDataString(Apart)}")).GetProperty("id").GetInt64()
        );
        Assert.Equal(2, Assert.Single(await ListAsync("q=kg")).GetProperty("id").GetInt64());
    }

    private async Task MigrateToAsync(string migration)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductDbContext>().Database;
        await database.GetService<IMigrator>().MigrateAsync(migration);
    }

    private static IEnumerable<int> Codes(string text) => text.Select(letter => (int)letter);

    private static string? Text(JsonElement product, string member) =>
        product.TryGetProperty(member, out var text) ? text.GetString() : null;

    private async Task<List<JsonElement>> ListAsync(string query)
    {
        var list = await app.CreateAnonymousClient().GetAsync($"/api/products?{query}").JsonAsync();
        return [.. list.GetProperty("items").EnumerateArray()];
    }
}
