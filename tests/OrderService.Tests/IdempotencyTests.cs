using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Placing;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;
using static MsaShop.OrderService.Tests.OrderClientExtensions;

namespace MsaShop.OrderService.Tests;

/// <summary>However often a request comes with the same key, it is carried out once and always answered the same.</summary>
public sealed class IdempotencyTests : IClassFixture<QuietShop>
{
    private readonly QuietShop _shop;
    private readonly long _userId = OrderShop.NewUserId();
    private readonly long _product;

    public IdempotencyTests(QuietShop shop)
    {
        _shop = shop;
        _shop.Products.Reset();
        _product = shop.Products.Add("Pen", 1_000);
    }

    private HttpClient Shopper => _shop.CreateClientFor(_userId);

    private object Wish => Request(_userId, (_product, 1));

    [Fact]
    public async Task The_same_key_and_body_give_the_same_order_byte_for_byte()
    {
        var first = await Shopper.PlaceAsync(Wish, "key");
        var again = await Shopper.PlaceAsync(Wish, "key");

        var order = await first.JsonAsync(HttpStatusCode.Created);
        Assert.Equal($"/api/orders/{order.Id()}", first.Headers.Location?.OriginalString);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        await AssertReplayAsync(first, again);
        Assert.Equal(99, _shop.Products.StockOf(_product));
        Assert.Equal(1, await CountOrdersAsync());
    }

    [Fact]
    public async Task How_a_body_is_written_does_not_matter()
    {
        var first = await Shopper.PlaceAsync(Wish, "key");
        using var otherwise = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = new StringContent(
                $$"""
                { "items" : [ { "quantity": 1, "productId": {{_product}} } ],
                  "paymentMethod": "CARD", "email": "user{{_userId}}@example.com", "userId": {{_userId}} }
                """,
                Encoding.UTF8,
                "application/json"
            ),
        };
        otherwise.Headers.Add("Idempotency-Key", "key");

        await AssertReplayAsync(first, await Shopper.SendAsync(otherwise));
    }

    [Fact]
    public async Task A_refusal_is_given_again_even_when_it_would_not_be_one_any_more()
    {
        var scarce = _shop.Products.Add("Scarce", 1_000, stock: 1);
        var wish = Request(_userId, (scarce, 1));
        var other = await Shopper.PlaceAsync(wish).JsonAsync(HttpStatusCode.Created);

        var refused = await Shopper.PlaceAsync(wish, "out");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "out_of_stock");
        await Shopper.CancelAsync(other.Id()).JsonAsync();

        await AssertReplayAsync(refused, await Shopper.PlaceAsync(wish, "out"));
        await Shopper.PlaceAsync(wish, "in").JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refused_price_is_refused_again_and_agreeing_to_the_new_one_takes_a_key_of_its_own()
    {
        _shop.Products.Reprice(_product, 1_200);
        var refused = await Shopper.PlaceAsync(Request(_userId, 1_000, (_product, 1)), "seen");
        await refused.ProblemAsync(HttpStatusCode.Conflict, "price_changed");
        _shop.Products.Reprice(_product, 1_000);

        await AssertReplayAsync(refused, await Shopper.PlaceAsync(Request(_userId, 1_000, (_product, 1)), "seen"));
        await Shopper
            .PlaceAsync(Request(_userId, 1_200, (_product, 1)), "seen")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await Shopper
            .PlaceAsync(Wish, "seen")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        Assert.Equal(100, _shop.Products.StockOf(_product));

        await Shopper.PlaceAsync(Request(_userId, 1_000, (_product, 1)), "agreed").JsonAsync(HttpStatusCode.Created);
        Assert.Equal(99, _shop.Products.StockOf(_product));
        Assert.Equal(1, await CountOrdersAsync());
    }

    [Fact]
    public async Task Unknown_products_and_users_are_refused_the_same_again()
    {
        var unknown = Request(_userId, (987_654, 1));
        var refused = await Shopper.PlaceAsync(unknown, "key");
        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_product");
        await AssertReplayAsync(refused, await Shopper.PlaceAsync(unknown, "key"));

        var nobody = _shop.CreateClientFor(FakeUsers.UnknownId);
        var theirs = Request(FakeUsers.UnknownId, (_product, 1));
        refused = await nobody.PlaceAsync(theirs, "key");
        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_user");
        await AssertReplayAsync(refused, await nobody.PlaceAsync(theirs, "key"));
        Assert.Equal(100, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await Shopper.PlaceAsync(Wish, "key").JsonAsync(HttpStatusCode.Created);

        await Shopper
            .PlaceAsync(Request(_userId, (_product, 2)), "key")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");

        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Keys_belong_to_one_user_and_differ_by_case()
    {
        var other = OrderShop.NewUserId();

        await Shopper.PlaceAsync(Wish, "key").JsonAsync(HttpStatusCode.Created);
        await Shopper.PlaceAsync(Wish, "KEY").JsonAsync(HttpStatusCode.Created);
        await _shop
            .CreateClientFor(other)
            .PlaceAsync(Request(other, (_product, 1)), "key")
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(97, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Of_twenty_at_once_one_is_carried_out()
    {
        var (shopper, wish) = (Shopper, Wish);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.PlaceAsync(wish, "key")));

        var bodies = new HashSet<string>();
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                bodies.Add(await answer.Content.ReadAsStringAsync());
            }
            else
            {
                await answer.ProblemAsync(HttpStatusCode.Conflict, "request_in_progress");
                Assert.NotNull(answer.Headers.RetryAfter);
            }
        }

        var later = await shopper.PlaceAsync(wish, "key");
        Assert.Equal(await later.Content.ReadAsStringAsync(), Assert.Single(bodies));
        Assert.Equal(1, await CountOrdersAsync());
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Of_twenty_at_once_after_a_failure_one_is_carried_out()
    {
        var (shopper, wish) = (Shopper, Wish);
        await FailAsync(wish, "key");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.PlaceAsync(wish, "key")));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 201 or 409));
        Assert.Equal(1, await CountOrdersAsync());
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task While_the_first_is_carried_out_the_second_is_told_to_wait()
    {
        var (taken, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _shop.Products.AfterTake = () =>
        {
            taken.TrySetResult();
            return goOn.Task;
        };
        var first = Shopper.PlaceAsync(Wish, "key");
        await taken.Task;

        var second = await Shopper.PlaceAsync(Wish, "key");
        await Shopper
            .PlaceAsync(Request(_userId, (_product, 2)), "key")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        goOn.SetResult();

        await second.ProblemAsync(HttpStatusCode.Conflict, "request_in_progress");
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        await AssertReplayAsync(await first, await Shopper.PlaceAsync(Wish, "key"));
    }

    [Fact]
    public async Task A_request_that_failed_counts_as_not_made_but_its_key_stays_its_own()
    {
        await FailAsync(Wish, "key");

        await Shopper
            .PlaceAsync(Request(_userId, (_product, 2)), "key")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        var order = await Shopper.PlaceAsync(Wish, "key").JsonAsync(HttpStatusCode.Created);

        await _shop.SettleAsync();
        await _shop.AssertSettledAsync(_product, 100);
        Assert.NotEqual(_shop.Products.Takes.First(), order.Text("orderNumber"));
        Assert.Equal(99, _shop.Products.StockOf(_product));
    }

    [Fact]
    public async Task Keys_are_forgotten_after_a_week_unless_their_request_still_runs()
    {
        await Shopper.PlaceAsync(Wish, "done").JsonAsync(HttpStatusCode.Created);
        await Shopper.PlaceAsync(Wish, "running").JsonAsync(HttpStatusCode.Created);
        await Shopper.PlaceAsync(Wish, "young").JsonAsync(HttpStatusCode.Created);
        await _shop.ExecuteAsync(
            $"""
            UPDATE order_placements SET created_at = UTC_TIMESTAMP() - INTERVAL 8 DAY,
                state = IF(idempotency_key = 'running', 'RUNNING', state)
            WHERE user_id = {_userId} AND idempotency_key <> 'young'
            """
        );

        await _shop.WorkAsync<PlacementCleaner>();

        Assert.Equal(
            ["running", "young"],
            await _shop.QueryAsync(database =>
                database
                    .Placements.Where(p => p.UserId == _userId)
                    .Select(p => p.IdempotencyKey!)
                    .OrderBy(key => key)
                    .ToListAsync()
            )
        );
        await _shop.ExecuteAsync(
            $"UPDATE order_placements SET state = 'PLACED' WHERE user_id = {_userId} AND state = 'RUNNING'"
        );
    }

    [Theory]
    [InlineData("키")]
    [InlineData("a\tb")]
    public async Task A_key_is_printable_ascii(string key) =>
        await Shopper.PlaceAsync(Wish, key).InvalidAsync("Idempotency-Key");

    [Fact]
    public async Task A_key_has_1_to_255_letters()
    {
        Assert.False(IdempotencyKey.IsValid(""));
        await Shopper.PlaceAsync(Wish, new string('k', 256)).InvalidAsync("Idempotency-Key");
        await Shopper.PlaceAsync(Wish, new string('~', 255)).JsonAsync(HttpStatusCode.Created);
    }

    private async Task FailAsync(object wish, string key)
    {
        _shop.Products.BeforeTake = () => throw new InvalidOperationException("Not now.");
        await Shopper.PlaceAsync(wish, key).ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        _shop.Products.Reset();
    }

    private static async Task AssertReplayAsync(HttpResponseMessage first, HttpResponseMessage again)
    {
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
    }

    private Task<int> CountOrdersAsync() =>
        _shop.QueryAsync(database => database.Orders.CountAsync(order => order.UserId == _userId));
}
