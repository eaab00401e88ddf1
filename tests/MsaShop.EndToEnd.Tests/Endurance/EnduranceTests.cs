using System.Diagnostics;
using System.Net;
using MsaShop.EndToEnd.Tests.Ledgers;
using Xunit.Abstractions;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>
/// Shoppers and clerks at work for a while in a shop with two replicas of each service, whose processes are killed and frozen and
/// whose calls come late, twice, or not at all. <c>MSA_SHOP_SOAK_MINUTES</c> says for how long, <c>MSA_SHOP_SEED</c> what
/// happens; <c>./shop soak</c> sets them.
/// </summary>
[Collection(EnduranceCollection.Name)]
public sealed class EnduranceTests(EnduranceFixture shop, ITestOutputHelper output)
{
    private const int Customers = 10;
    private const int Clerks = 2;

    private static readonly TimeSpan s_settleLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_eventLimit = TimeSpan.FromMinutes(10);

    /// <summary>What has to have happened, for this to have been worth it.</summary>
    private static readonly string[] s_events =
    [
        "kill",
        "freeze",
        "order 201",
        "confirm 200",
        "deposit 200",
        "cancel 200",
        "refund 200",
        "SHIPPING 200",
    ];

    /// <summary>What everything is drawn from.</summary>
    public static int Seed { get; } = TestSetting.Read("MSA_SHOP_SEED", 20_261);

    [Fact]
    public async Task Whatever_befalls_the_shop_it_comes_to_rest_with_its_books_in_order()
    {
        var duration = TimeSpan.FromMinutes(TestSetting.Read("MSA_SHOP_SOAK_MINUTES", 2));
        output.WriteLine($"Seed {Seed}, {duration.TotalMinutes} minutes");
        var diary = new Diary();
        var people = await MoveInAsync(diary);
        var misfortunes = new Misfortunes(shop.Power, new Random(Seed), diary);

        Roughen(true);
        using (var closing = new CancellationTokenSource())
        {
            await Task.WhenAll([
                .. people.Select(person => person.LiveAsync(closing.Token)),
                misfortunes.BefallAsync(closing.Token),
                CloseAsync(duration, diary, closing),
            ]);
        }

        Roughen(false);
        await Task.WhenAll(shop.Ways.Select(way => way.ArriveAsync()));
        output.WriteLine(diary.Summary);
        output.WriteLine(string.Join(", ", Mishaps().Select(mishap => $"{mishap.Key} {mishap.Value}")));

        await new Auditor(shop.Databases, shop.Toss).RunOutAsync(s_settleLimit);
        await shop.SettleAndCheckAsync(s_settleLimit);
        await CheckReconciliationAsync();
        await CheckPromisesAsync(diary);
        Assert.Empty(diary.Surprises);
        Assert.All(s_events, what => Assert.True(diary[what] > 0, $"'{what}' never happened: {diary.Summary}"));
        Assert.All(
            Enum.GetValues<Mishap>(),
            mishap => Assert.True(Mishaps().ContainsKey(mishap), $"No call came {mishap}.")
        );
    }

    /// <summary>Closes the shop after this time, or later, on a slow machine: when everything has happened once.</summary>
    private static async Task CloseAsync(TimeSpan duration, Diary diary, CancellationTokenSource closing)
    {
        var watch = Stopwatch.StartNew();
        await Task.Delay(duration);
        while (s_events.Any(what => diary[what] == 0) && watch.Elapsed < duration + s_eventLimit)
        {
            await Task.Delay(100);
        }

        await closing.CancelAsync();
    }

    /// <summary>Some of the goods are plenty, some are few.</summary>
    private async Task<IReadOnlyList<Person>> MoveInAsync(Diary diary)
    {
        var products = new List<long>();
        for (var index = 0; index < 8; index++)
        {
            products.Add(await shop.NewProductAsync(index < 3 ? 5 : 300, 10_000 + (index * 500), $"Endurance {index}"));
        }

        var people = new List<Person>();
        foreach (var shopper in await shop.ShoppersAsync(Customers))
        {
            people.Add(new Customer(shopper, products, shop.Toss, RandomOfNext(), diary));
        }

        for (var index = 0; index < Clerks; index++)
        {
            people.Add(new Clerk(await shop.NewClient().LogInAsAdminAsync(), products, RandomOfNext(), diary));
        }

        return people;

        Random RandomOfNext() => new(Seed + people.Count);
    }

    private void Roughen(bool isRough)
    {
        foreach (var way in shop.Ways)
        {
            way.IsRough = isRough;
        }
    }

    private Dictionary<Mishap, int> Mishaps() =>
        shop
            .Ways.SelectMany(way => way.Mishaps)
            .GroupBy(mishap => mishap.Key, mishap => mishap.Value)
            .ToDictionary(mishap => mishap.Key, mishap => mishap.Sum());

    private async Task CheckReconciliationAsync()
    {
        using var admin = await shop.NewClient().LogInAsAdminAsync();
        var answer = await admin.GetAsync("/api/payments/reconciliation?grace=0");
        Assert.True(answer.Status == HttpStatusCode.OK, $"No reconciliation: {answer}");
        string[] differences =
        [
            .. answer.Body.GetProperty("differences").EnumerateArray().Select(difference => difference.ToString()),
            .. answer.Body.GetProperty("settling").EnumerateArray().Select(difference => difference.ToString()),
        ];
        Assert.True(differences.Length == 0, $"Not the same:\n{string.Join('\n', differences)}");
        Assert.True(answer.Body.GetProperty("orders").GetProperty("count").GetInt32() > 0, "Nothing was compared.");
    }

    /// <summary>Everybody who was told of an order has it, and everybody who was told of a payment has paid.</summary>
    private async Task CheckPromisesAsync(Diary diary)
    {
        var records = await ShopRecords.ReadAsync(shop.Databases);
        Assert.Empty(diary.Ordered.Except(records.Orders.Select(order => order.OrderNumber)));
        Assert.Empty(
            diary.Paid.Except(
                records
                    .Payments.Where(payment => payment.Status is "COMPLETED" or "REFUNDED")
                    .Select(payment => payment.OrderNumber)
            )
        );
    }
}
