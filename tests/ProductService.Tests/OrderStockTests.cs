using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.Testing;

namespace MsaShop.ProductService.Tests;

/// <summary>Stock is never sold twice, never below zero and never lost, whatever is repeated or races.</summary>
public sealed class OrderStockTests(ProductApp app) : IClassFixture<ProductApp>
{
    [Fact]
    public async Task Fifty_buyers_of_twenty_units_get_exactly_twenty()
    {
        var id = await app.AddAsync(stock: 20);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => app.TakeAsync(ProductApp.NewOrderNumber(), (id, 1)))
        );

        Assert.Equal(20, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await refused.ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        }

        await app.AssertStockAsync(id, 0);
        Assert.Equal("OUT_OF_STOCK", await app.StatusAsync(id));
    }

    [Fact]
    public async Task A_take_tells_how_many_it_has_left_however_often_it_comes()
    {
        var (some, last) = (await app.AddAsync(stock: 10), await app.AddAsync(stock: 3));
        var number = ProductApp.NewOrderNumber();

        var first = await app.TakeAsync(number, (some, 4), (last, 3)).JsonAsync();
        await app.TakeAsync(ProductApp.NewOrderNumber(), (some, 1)).JsonAsync();
        var again = await app.TakeAsync(number, (some, 4), (last, 3)).JsonAsync();

        Assert.Equal(
            [6, 0],
            first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("left").GetInt32())
        );
        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task Baskets_in_opposite_order_neither_block_each_other_nor_lose_a_line()
    {
        var first = await app.AddAsync(stock: 100);
        var second = await app.AddAsync(stock: 100);
        var third = await app.AddAsync(stock: 100);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(index =>
                    index % 2 == 0
                        ? app.TakeAsync(ProductApp.NewOrderNumber(), (first, 1), (second, 2), (third, 1))
                        : app.TakeAsync(ProductApp.NewOrderNumber(), (third, 1), (second, 2), (first, 1))
                )
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await app.AssertStockAsync(first, 60);
        await app.AssertStockAsync(second, 20);
        await app.AssertStockAsync(third, 60);
    }

    [Fact]
    public async Task Two_hundred_buyers_of_fifty_units_get_exactly_fifty()
    {
        var id = await app.AddAsync(stock: 50);

        // Whoever is told to come again, as the rush may be too much at once, comes with the same number.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async _ =>
                {
                    var number = ProductApp.NewOrderNumber();
                    HttpResponseMessage answer;
                    do
                    {
                        answer = await app.TakeAsync(number, (id, 1));
                    } while (answer.StatusCode == HttpStatusCode.ServiceUnavailable);

                    return answer.StatusCode;
                })
        );

        Assert.Equal(50, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(150, answers.Count(status => status == HttpStatusCode.Conflict));
        await app.AssertStockAsync(id, 0);
        Assert.Equal("OUT_OF_STOCK", await app.StatusAsync(id));
    }

    [Fact]
    public async Task Large_baskets_in_opposite_order_share_what_there_is_without_selling_too_much()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.AddAsync(stock: 30)));
        var there = ids.Select(id => (id, 1)).ToArray();
        var back = there.Reverse().ToArray();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(index => app.TakeAsync(ProductApp.NewOrderNumber(), index % 2 == 0 ? there : back))
        );

        // All or nothing: each basket has one of each, so as many are served as there are of any.
        Assert.Equal(30, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(30, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        foreach (var id in ids)
        {
            await app.AssertStockAsync(id, 0);
        }
    }

    [Fact]
    public async Task Orders_returns_and_deliveries_at_once_add_up()
    {
        var id = await app.AddAsync(stock: 100);
        var other = await app.AddAsync(stock: 100);
        var returned = Enumerable.Range(0, 10).Select(_ => ProductApp.NewOrderNumber()).ToList();
        foreach (var number in returned)
        {
            await app.TakeAsync(number, (other, 1), (id, 2)).JsonAsync();
        }

        var answers = await Task.WhenAll(
            returned
                .Select(app.ReturnAsync)
                .Concat(
                    Enumerable.Range(0, 10).Select(_ => app.TakeAsync(ProductApp.NewOrderNumber(), (id, 3), (other, 1)))
                )
                .Concat(Enumerable.Range(0, 10).Select(_ => app.AdjustAsync(id, 1)))
        );

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await app.AssertStockAsync(id, 100 - 30 + 10);
        await app.AssertStockAsync(other, 90);
    }

    [Fact]
    public async Task A_repeated_take_gives_the_same_answer_and_changes_nothing()
    {
        var id = await app.AddAsync(stock: 10, price: 1500, name: "배");
        var number = ProductApp.NewOrderNumber();

        var first = await app.TakeAsync(number, (id, 4)).JsonAsync();
        await app.CreateAdminClient()
            .PutAsJsonAsync(
                $"/api/products/{id}",
                new
                {
                    name = "새 배",
                    price = 9900,
                    category = "시험",
                }
            )
            .JsonAsync();
        var second = await app.TakeAsync(number, (id, 4)).JsonAsync();

        Assert.Equal(first.GetRawText(), second.GetRawText());
        var item = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal(id, item.GetProperty("productId").GetInt64());
        Assert.Equal("배", item.GetProperty("name").GetString());
        Assert.Equal("1500", item.GetProperty("price").GetRawText());
        Assert.Equal(4, item.GetProperty("quantity").GetInt32());
        await app.AssertStockAsync(id, 6);
    }

    [Fact]
    public async Task A_repeated_take_of_the_last_ones_is_no_shortage()
    {
        var id = await app.AddAsync(stock: 4);
        var number = ProductApp.NewOrderNumber();

        var first = await app.TakeAsync(number, (id, 4)).JsonAsync();
        var second = await app.TakeAsync(number, (id, 4)).JsonAsync();

        Assert.Equal(first.GetRawText(), second.GetRawText());
        await app.AssertStockAsync(id, 0);
    }

    [Fact]
    public async Task A_take_repeated_in_parallel_takes_once()
    {
        var id = await app.AddAsync(stock: 10);
        var other = await app.AddAsync(stock: 10);
        var number = ProductApp.NewOrderNumber();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => app.TakeAsync(number, (other, 2), (id, 1)).JsonAsync())
        );

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        await app.AssertStockAsync(id, 9);
        await app.AssertStockAsync(other, 8);
    }

    [Fact]
    public async Task One_order_number_takes_once_even_with_other_products()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.AddAsync(stock: 10)));
        var number = ProductApp.NewOrderNumber();

        var answers = await Task.WhenAll(ids.Select(id => app.TakeAsync(number, (id, 1)).JsonAsync()));

        var taken = Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        var winner = JsonSerializer
            .Deserialize<JsonElement>(taken)
            .GetProperty("items")[0]
            .GetProperty("productId")
            .GetInt64();
        foreach (var id in ids)
        {
            await app.AssertStockAsync(id, id == winner ? 9 : 10);
        }
    }

    [Fact]
    public async Task What_costs_something_else_than_expected_is_not_taken()
    {
        var pear = await app.AddAsync(stock: 10, price: 1500, name: "배");
        var plum = await app.AddAsync(stock: 10, price: 700, name: "자두");
        var number = ProductApp.NewOrderNumber();

        foreach (var wrong in new[] { 0, 3699, 3701 })
        {
            var problem = await app.TakeAsync(number, wrong, (plum, 1), (pear, 2))
                .ProblemAsync(HttpStatusCode.Conflict, "price_changed");
            Assert.Equal(
                [(pear, "배", 1500, 2), (plum, "자두", 700, 1)],
                problem
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(item =>
                        (
                            item.GetProperty("productId").GetInt64(),
                            item.GetProperty("name").GetString(),
                            item.GetProperty("price").GetInt32(),
                            item.GetProperty("quantity").GetInt32()
                        )
                    )
            );
        }

        await app.AssertStockAsync(pear, 10);
        await app.AssertStockAsync(plum, 10);
        await app.TakeAsync(ProductApp.NewOrderNumber(), 3700, (plum, 1), (pear, 2)).JsonAsync();
        await app.AssertStockAsync(pear, 8);
        await app.TakeAsync(ProductApp.NewOrderNumber(), -1, (pear, 1)).InvalidAsync("expectedTotal");
    }

    [Fact]
    public async Task What_costs_less_than_can_be_paid_is_not_taken()
    {
        var sticker = await app.AddAsync(stock: 10, price: 50, name: "스티커");

        var problem = await TakeAtLeastAsync(100, 1)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "total_too_small");

        var item = Assert.Single(problem.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (sticker, "스티커", 50, 1),
            (
                item.GetProperty("productId").GetInt64(),
                item.GetProperty("name").GetString(),
                item.GetProperty("price").GetInt32(),
                item.GetProperty("quantity").GetInt32()
            )
        );
        await app.AssertStockAsync(sticker, 10);
        await TakeAtLeastAsync(-1, 1).InvalidAsync("leastTotal");
        await TakeAtLeastAsync(100, 2).JsonAsync();
        await app.AssertStockAsync(sticker, 8);

        Task<HttpResponseMessage> TakeAtLeastAsync(long leastTotal, int quantity) =>
            app.Orders.PostAsJsonAsync(
                "/internal/stock/take",
                new
                {
                    orderNumber = ProductApp.NewOrderNumber(),
                    items = new[] { new { productId = sticker, quantity } },
                    leastTotal,
                }
            );
    }

    [Fact]
    public async Task A_product_twice_in_a_basket_is_summed()
    {
        var id = await app.AddAsync(stock: 5);

        var answer = await app.TakeAsync(ProductApp.NewOrderNumber(), (id, 2), (id, 3)).JsonAsync();

        Assert.Equal(5, Assert.Single(answer.GetProperty("items").EnumerateArray()).GetProperty("quantity").GetInt32());
        await app.AssertStockAsync(id, 0);
    }

    [Fact]
    public async Task Out_of_stock_names_every_short_line_and_takes_nothing()
    {
        var enough = await app.AddAsync(stock: 10);
        var few = await app.AddAsync(stock: 2);
        var none = await app.AddAsync(stock: 0);
        var discontinued = await app.AddAsync(stock: 7);
        await app.CreateAdminClient().DeleteAsync($"/api/products/{discontinued}");
        var number = ProductApp.NewOrderNumber();

        var problem = await app.TakeAsync(number, (discontinued, 1), (none, 1), (enough, 3), (few, 3))
            .ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");

        Assert.Equal(
            [(few, 3, 2), (none, 1, 0), (discontinued, 1, 0)],
            problem
                .GetProperty("items")
                .EnumerateArray()
                .Select(item =>
                    (
                        item.GetProperty("productId").GetInt64(),
                        item.GetProperty("requested").GetInt32(),
                        item.GetProperty("available").GetInt32()
                    )
                )
        );
        await app.AssertStockAsync(enough, 10);
        await app.AssertStockAsync(few, 2);

        await app.AdjustAsync(few, 1);
        await app.TakeAsync(ProductApp.NewOrderNumber(), (enough, 3), (few, 3)).JsonAsync();
    }

    [Fact]
    public async Task Unknown_products_are_named_and_nothing_is_taken()
    {
        var id = await app.AddAsync(stock: 10);

        var problem = await app.TakeAsync(ProductApp.NewOrderNumber(), (987_654_322, 1), (id, 1), (987_654_321, 1))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_product");

        Assert.Equal(
            [987_654_321L, 987_654_322L],
            problem.GetProperty("productIds").EnumerateArray().Select(product => product.GetInt64())
        );
        await app.AssertStockAsync(id, 10);
    }

    [Fact]
    public async Task Stock_goes_back_once_however_often_it_is_returned()
    {
        var id = await app.AddAsync(stock: 3);
        var other = await app.AddAsync(stock: 3);
        var number = ProductApp.NewOrderNumber();
        await app.TakeAsync(number, (id, 3), (other, 1)).JsonAsync();
        Assert.Equal("OUT_OF_STOCK", await app.StatusAsync(id));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.ReturnAsync(number)));
        var late = await app.ReturnAsync(number);

        Assert.All(answers.Append(late), answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        await app.AssertStockAsync(id, 3);
        await app.AssertStockAsync(other, 3);
        Assert.Equal("AVAILABLE", await app.StatusAsync(id));
    }

    [Fact]
    public async Task An_order_that_gave_its_stock_back_takes_none_any_more()
    {
        var id = await app.AddAsync(stock: 5);
        var number = ProductApp.NewOrderNumber();
        await app.TakeAsync(number, (id, 1)).JsonAsync();
        await app.ReturnAsync(number);

        await app.TakeAsync(number, (id, 1)).ProblemAsync(HttpStatusCode.Conflict, "order_closed");

        await app.AssertStockAsync(id, 5);
    }

    [Fact]
    public async Task A_return_before_the_take_closes_the_order()
    {
        var id = await app.AddAsync(stock: 5);
        var number = ProductApp.NewOrderNumber();

        Assert.Equal(HttpStatusCode.NoContent, (await app.ReturnAsync(number)).StatusCode);

        await app.TakeAsync(number, (id, 1)).ProblemAsync(HttpStatusCode.Conflict, "order_closed");
        await app.AssertStockAsync(id, 5);
    }

    [Fact]
    public async Task An_order_that_was_refused_takes_nothing_when_there_is_enough_again()
    {
        var id = await app.AddAsync(stock: 1);
        var number = ProductApp.NewOrderNumber();
        await app.TakeAsync(number, (id, 2)).ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        await app.TakeAsync(number, (id, 2)).ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        var another = ProductApp.NewOrderNumber();
        await app.TakeAsync(another, (id, 1)).JsonAsync();
        await app.ReturnAsync(another);
        await app.AdjustAsync(id, 5);

        await app.TakeAsync(number, (id, 2)).ProblemAsync(HttpStatusCode.Conflict, "order_closed");

        await app.AssertStockAsync(id, 6);
    }

    [Fact]
    public async Task A_take_that_races_its_return_leaves_nothing_taken()
    {
        var id = await app.AddAsync(stock: 50);
        var other = await app.AddAsync(stock: 50);

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    var number = ProductApp.NewOrderNumber();
                    var take = app.TakeAsync(number, (id, 1), (other, 1));
                    var returns = Task.WhenAll(app.ReturnAsync(number), app.ReturnAsync(number));
                    Assert.All(await returns, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
                    if ((await take).StatusCode != HttpStatusCode.OK)
                    {
                        await take.ProblemAsync(HttpStatusCode.Conflict, "order_closed");
                    }
                })
        );

        await app.AssertStockAsync(id, 50);
        await app.AssertStockAsync(other, 50);
    }

    [Fact]
    public async Task Takes_and_returns_of_the_same_baskets_in_opposite_order_end_with_all_stock_back()
    {
        var first = await app.AddAsync(stock: 10);
        var second = await app.AddAsync(stock: 10);

        // More baskets than there is stock for, each taken and returned several times over by its one number.
        await Task.WhenAll(
            Enumerable
                .Range(0, 15)
                .Select(async index =>
                {
                    var number = ProductApp.NewOrderNumber();
                    var basket = index % 2 == 0 ? new[] { (first, 1), (second, 1) } : [(second, 1), (first, 1)];
                    var answers = await Task.WhenAll(
                        app.TakeAsync(number, basket),
                        app.ReturnAsync(number),
                        app.TakeAsync(number, basket),
                        app.ReturnAsync(number)
                    );
                    Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 200 or 204 or 409));
                    await app.TakeAsync(number, basket).ProblemAsync(HttpStatusCode.Conflict, "order_closed");
                })
        );

        foreach (var id in new[] { first, second })
        {
            await app.AssertStockAsync(id, 10);
            Assert.Equal("AVAILABLE", await app.StatusAsync(id));
        }
    }

    [Theory]
    [InlineData("UPDATE ON products")]
    [InlineData("INSERT ON stock_reservations")]
    [InlineData("INSERT ON stock_reservation_lines")]
    [InlineData("INSERT ON stock_movements")]
    public async Task A_take_or_return_that_breaks_off_leaves_nothing_behind(string write)
    {
        var id = await app.AddAsync(stock: 10);
        var other = await app.AddAsync(stock: 10);
        var (taken, wanted) = (ProductApp.NewOrderNumber(), ProductApp.NewOrderNumber());
        await app.TakeAsync(taken, (id, 1), (other, 1)).JsonAsync();

        await app.ExecuteAsync($"CREATE TRIGGER refuse BEFORE {write} FOR EACH ROW SIGNAL SQLSTATE '45000'");
        var take = await app.TakeAsync(wanted, (id, 2), (other, 2));
        var returned = await app.ReturnAsync(taken);
        await app.ExecuteAsync("DROP TRIGGER refuse");

        // A return writes no take and no lines.
        var returns = write.Contains("stock_reservation", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, take.StatusCode);
        Assert.Equal(returns ? HttpStatusCode.NoContent : HttpStatusCode.InternalServerError, returned.StatusCode);
        await app.AssertStockAsync(id, returns ? 10 : 9);
        await app.AssertStockAsync(other, returns ? 10 : 9);
        await app.TakeAsync(wanted, (id, 2), (other, 2)).JsonAsync();
        await app.ReturnAsync(taken);
        await app.AssertStockAsync(id, 8);
        await app.AssertStockAsync(other, 8);
    }

    [Fact]
    public async Task An_answer_that_the_caller_did_not_wait_for_is_there_when_it_asks_again()
    {
        var id = await app.AddAsync(stock: 10);
        var number = ProductApp.NewOrderNumber();
        using var impatient = new CancellationTokenSource();
        var asked = app.Orders.PostAsJsonAsync(
            "/internal/stock/take",
            new { orderNumber = number, items = new[] { new { productId = id, quantity = 4 } } },
            impatient.Token
        );
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await app.TakeAsync(number, (id, 4)).JsonAsync();
        await app.AssertStockAsync(id, 6);
        await app.ReturnAsync(number);
        await app.AssertStockAsync(id, 10);
    }

    [Fact]
    public async Task Returned_stock_of_a_discontinued_product_does_not_bring_it_back()
    {
        var id = await app.AddAsync(stock: 5);
        var number = ProductApp.NewOrderNumber();
        await app.TakeAsync(number, (id, 5)).JsonAsync();
        await app.CreateAdminClient().DeleteAsync($"/api/products/{id}");

        await app.ReturnAsync(number);

        await app.AssertStockAsync(id, 5);
        Assert.Equal("DISCONTINUED", await app.StatusAsync(id));
    }

    [Fact]
    public async Task Order_numbers_differ_by_case()
    {
        var id = await app.AddAsync(stock: 5);
        var number = ProductApp.NewOrderNumber();

        await app.TakeAsync($"{number}-a", (id, 1)).JsonAsync();
        await app.TakeAsync($"{number}-A", (id, 1)).JsonAsync();

        await app.AssertStockAsync(id, 3);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        await app.Orders.PostAsJsonAsync("/internal/stock/take", new { }).InvalidAsync("orderNumber", "items");
        await app.TakeAsync("short", (1, 0), (2, 1000))
            .InvalidAsync("orderNumber", "items[0].quantity", "items[1].quantity");
        await app.TakeAsync(ProductApp.NewOrderNumber()).InvalidAsync("items");
        await app.TakeAsync(ProductApp.NewOrderNumber(), [.. Enumerable.Repeat((1L, 1), 51)]).InvalidAsync("items");
        await app.ReturnAsync("no spaces please").InvalidAsync("orderNumber");
    }

    [Fact]
    public async Task Short_lines_are_counted()
    {
        var none = await app.AddAsync(stock: 0);
        var few = await app.AddAsync(stock: 1);
        using var conflicts = new MetricCollector<long>(
            app.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Products",
            "msashop.stock.conflicts"
        );

        await app.TakeAsync(ProductApp.NewOrderNumber(), (none, 1), (few, 2));

        Assert.Equal(2, conflicts.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task Only_services_get_in()
    {
        foreach (var path in new[] { "/internal/stock/take", "/internal/stock/return" })
        {
            foreach (var client in new[] { app.CreateAnonymousClient(), app.CreateAdminClient() })
            {
                await client
                    .PostAsJsonAsync(path, new { })
                    .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            }
        }
    }
}
