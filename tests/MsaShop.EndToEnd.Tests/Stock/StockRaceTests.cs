using System.Net;
using MsaShop.EndToEnd.Tests.Crashes;

namespace MsaShop.EndToEnd.Tests.Stock;

/// <summary>Many want the same few things at the same moment: what is there is sold once, and all of it.</summary>
[Collection(CrashCollection.Name)]
public sealed class StockRaceTests(CrashFixture shop)
{
    private const int Buyers = 200;

    /// <summary>Each of them is several buyers: accounts are slow to make, and nothing here depends on whose they are.</summary>
    private const int Accounts = 40;
    private const int Units = 50;

    [Fact]
    public async Task Two_hundred_buyers_of_fifty_units_make_fifty_orders()
    {
        var product = await shop.NewProductAsync(Units);

        var answers = await AllOrderAsync(_ => [(product, 1)]);

        Assert.Equal(Units, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers, answer => AssertSoldOrSoldOut(answer));
        Assert.Equal(0, await shop.StockOfAsync(product));
        await shop.SettleAndCheckAsync();
    }

    /// <summary>Half of the baskets name the products in one order and half in the other: none may see a deadlock.</summary>
    [Fact]
    public async Task Baskets_in_opposite_order_take_all_or_nothing()
    {
        var products = new[]
        {
            await shop.NewProductAsync(Units),
            await shop.NewProductAsync(Units),
            await shop.NewProductAsync(Units),
        };

        var answers = await AllOrderAsync(buyer =>
        {
            var lines = products.Select(product => (product, 1)).ToArray();
            if (buyer % 2 == 1)
            {
                Array.Reverse(lines);
            }

            return lines;
        });

        Assert.Equal(Units, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers, answer => AssertSoldOrSoldOut(answer));
        foreach (var product in products)
        {
            Assert.Equal(0, await shop.StockOfAsync(product));
        }

        await shop.SettleAndCheckAsync();
    }

    private static void AssertSoldOrSoldOut(Answer answer) =>
        Assert.True(
            answer.Status == HttpStatusCode.Created
                || (answer.Status == HttpStatusCode.Conflict && answer.Code == "out_of_stock"),
            $"Neither sold nor sold out: {answer}"
        );

    /// <summary>All buyers order at once, each with a connection of their own.</summary>
    private async Task<IReadOnlyList<Answer>> AllOrderAsync(Func<int, (long ProductId, int Quantity)[]> basketOf)
    {
        var shoppers = await shop.ShoppersAsync(Accounts);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var orders = Enumerable
            .Range(0, Buyers)
            .Select(async buyer =>
            {
                await go.Task;
                return await shoppers[buyer % Accounts].OrderAsync(basketOf(buyer));
            })
            .ToList();
        go.SetResult();
        return await Task.WhenAll(orders);
    }
}
