using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ProductService.Catalogue;
using MsaShop.ProductService.Stock;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

public sealed class RetentionTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public void Of_each_table_somebody_has_decided_how_long_it_is_kept() =>
        app.Services.AssertDecided<ProductDbContext>(
            "products",
            "search_bigrams",
            "catalogue_version",
            "stock_movements",
            "stock_reservation_lines"
        );

    [Fact]
    public async Task What_orders_gave_back_goes_after_a_while_and_what_they_have_stays()
    {
        var product = await app.AddAsync(stock: 10);
        var (has, returned, longAgo) = (NewOrder(), NewOrder(), NewOrder());
        foreach (var order in new[] { has, returned, longAgo })
        {
            await TakeAsync(order, product).JsonAsync();
        }

        await ReturnAsync(returned);
        await ReturnAsync(longAgo);
        var old = DateTime.UtcNow.AddDays(-91);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductDbContext>();
        await database
            .StockReservations.Where(take => take.OrderNumber == longAgo || take.OrderNumber == has)
            .ExecuteUpdateAsync(set => set.SetProperty(take => take.UpdatedAt, old));
        database.StockReservations.AddRange(
            Enumerable
                .Range(1, 1_500)
                .Select(number => new StockReservation
                {
                    OrderNumber = NewOrder(),
                    Status = StockReservationStatus.Returned,
                    CreatedAt = old,
                    UpdatedAt = old.AddSeconds(-number),
                })
        );
        await database.SaveChangesAsync();

        await app.Services.CleanBacklogAsync("stock_reservations");

        Assert.Equal(
            new[] { has, returned }.Order(),
            (await database.StockReservations.Select(take => take.OrderNumber).ToListAsync()).Order()
        );
        Assert.Equal(2, await database.Set<StockReservationLine>().CountAsync());
        // The ledger knows of all three.
        Assert.Equal(9, await app.StockAsync(product));
        Assert.Equal(9, await database.StockMovements.Where(m => m.ProductId == product).SumAsync(m => m.Change));
        await TakeAsync(returned, product).ProblemAsync(HttpStatusCode.Conflict, "order_closed");
    }

    [Fact]
    public async Task Pictures_that_no_product_shows_go_by_the_hundred()
    {
        var now = DateTime.UtcNow;
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductDbContext>();
        database.Pictures.AddRange(
            Enumerable.Range(0, 250).Select(number => Picture(now.AddDays(-2).AddSeconds(number)))
        );
        var young = Picture(now.AddHours(-23));
        var shown = Picture(now.AddDays(-2));
        database.Pictures.AddRange(young, shown);
        await database.SaveChangesAsync();
        await app.CreateAdminClient()
            .PostAsJsonAsync(
                "/api/products",
                new
                {
                    name = "사과",
                    price = 1000,
                    category = "시험",
                    imageUrl = $"/api/products/images/{shown.Hash}.png",
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        await app.Services.CleanBacklogAsync("product_images");

        Assert.Equal(
            new[] { young.Hash, shown.Hash }.Order(),
            (await database.Pictures.Select(picture => picture.Hash).ToListAsync()).Order()
        );
    }

    private static string NewOrder() => ProductApp.NewOrderNumber();

    private Task<HttpResponseMessage> TakeAsync(string order, long product) =>
        app.Orders.PostAsJsonAsync(
            "/internal/stock/take",
            new { orderNumber = order, items = new[] { new { productId = product, quantity = 1 } } }
        );

    private async Task ReturnAsync(string order) =>
        (
            await app.Orders.PostAsJsonAsync("/internal/stock/return", new { orderNumber = order })
        ).EnsureSuccessStatusCode();

    private static UploadedPicture Picture(DateTime createdAt) =>
        new()
        {
            Hash = $"{Guid.NewGuid():N}{Guid.NewGuid():N}",
            ContentType = "image/png",
            Content = [1],
            CreatedAt = createdAt,
            CreatedBy = 1,
        };
}
