using System.Net;
using MsaShop.EndToEnd.Tests.Ledgers;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 at each step of creating, paying, cancelling and refunding an order. Afterwards, without anybody's help,
/// everything settles within a bounded time and the books add up; and who sends the request again, as a client would
/// that never got an answer, gets the one effect that was asked for.
/// </summary>
[Collection(CrashCollection.Name)]
public sealed class CrashTests(CrashFixture shop)
{
    private const string Orders = "order-svc";
    private const string Products = "product-svc";
    private const string Payments = "payment-svc";
    private const string OrderServer = "mysql-order";
    private const string ProductServer = "mysql-product";

    private static readonly TimeSpan s_arrival = TimeSpan.FromSeconds(15);

    public static TheoryData<string, string> CreateSteps =>
        new()
        {
            { "wish stored", Orders },
            { "wish stored", OrderServer },
            { "stock taken", Orders },
            { "stock taken", Products },
            { "stock taken", ProductServer },
            { "order stored", Orders },
            { "order stored", Products },
            { "order stored", OrderServer },
            { "wish fulfilled", Orders },
            { "wish fulfilled", OrderServer },
        };

    public static TheoryData<string, string> ConfirmSteps =>
        new()
        {
            { "attempt stored", Payments },
            { "attempt stored", OrderServer },
            { "order held", Payments },
            { "order held", Orders },
            { "charge stored", Payments },
            { "charge stored", TossSimulator.Name },
            { "charge stored", OrderServer },
            { "order confirmed", Payments },
            { "order confirmed", Orders },
            { "order confirmed", OrderServer },
            { "confirmation delivered", Payments },
        };

    public static TheoryData<string, string> CancelSteps =>
        new()
        {
            { "order cancelled", Orders },
            { "order cancelled", OrderServer },
            { "stock returned", Orders },
            { "stock returned", Products },
            { "stock returned", ProductServer },
            { "return delivered", Orders },
            { "event consumed", Payments },
            { "refund stored", Payments },
            { "refund written down", Payments },
        };

    public static TheoryData<string, string> RefundSteps =>
        new()
        {
            { "refund stored", Payments },
            { "refund stored", OrderServer },
            { "refund written down", Payments },
            { "refund written down", TossSimulator.Name },
            { "refund written down", OrderServer },
        };

    /// <summary>What can be killed while Toss works on a request, and when Toss has done it and has not answered.</summary>
    public static TheoryData<string, string> TossMoments =>
        new()
        {
            { "slow", Payments },
            { "slow", TossSimulator.Name },
            { "slow-after-approve", Payments },
            { "slow-after-approve", TossSimulator.Name },
        };

    [Theory]
    [MemberData(nameof(CreateSteps))]
    public async Task An_order_is_created_once(string step, string victim)
    {
        var scenario = await Scenario.BeginAsync(shop);

        await CrashAsync(scenario.CreateAsync, step, victim);

        var answer = Scenario.Expect(HttpStatusCode.Created, await Scenario.RepeatAsync(scenario.CreateAsync));
        scenario.Remember(answer);
        await shop.SettleAndCheckAsync();
        Assert.Single(await scenario.OrdersAsync());
        Assert.Equal(Scenario.Stock - Scenario.Quantity, await shop.StockOfAsync(scenario.Product));
    }

    /// <summary>Nobody asks again: what was begun is finished or undone.</summary>
    [Theory]
    [InlineData("stock taken")]
    [InlineData("order stored")]
    public async Task An_order_that_nobody_asks_for_again_keeps_no_stock(string step)
    {
        var scenario = await Scenario.BeginAsync(shop);

        await CrashAsync(scenario.CreateAsync, step, Orders);

        await shop.SettleAndCheckAsync();
        var orders = await scenario.OrdersAsync();
        Assert.Equal(Scenario.Stock - (orders.Count * Scenario.Quantity), await shop.StockOfAsync(scenario.Product));
    }

    [Theory]
    [MemberData(nameof(ConfirmSteps))]
    public async Task A_card_is_charged_once_and_its_order_confirmed(string step, string victim)
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);

        await CrashAsync(scenario.ConfirmAsync, step, victim);

        Scenario.Expect(HttpStatusCode.OK, await Scenario.RepeatAsync(scenario.ConfirmAsync));
        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    [Theory]
    [MemberData(nameof(TossMoments))]
    public async Task A_card_is_charged_once_when_the_power_fails_at_Toss(string moment, string victim)
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);

        await CrashAtTossAsync(scenario.ConfirmAsync, moment, "confirm", scenario, victim);

        Scenario.Expect(HttpStatusCode.OK, await Scenario.RepeatAsync(scenario.ConfirmAsync));
        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    [Theory]
    [MemberData(nameof(CancelSteps))]
    public async Task A_cancelled_order_gives_back_its_stock_and_its_money_once(string step, string victim)
    {
        var scenario = await Scenario.PaidAsync(shop);
        await shop.SettleAsync();

        await CrashAsync(scenario.CancelAsync, step, victim);

        await Scenario.RepeatAsync(scenario.CancelAsync);
        await shop.SettleAndCheckAsync();
        Assert.Equal("CANCELLED", await scenario.OrderStatusAsync());
        Assert.Equal("REFUNDED", (await scenario.PaymentAsync()).GetProperty("status").GetString());
        Assert.Equal(Scenario.Stock, await shop.StockOfAsync(scenario.Product));
    }

    [Theory]
    [MemberData(nameof(RefundSteps))]
    public async Task A_refund_is_made_once(string step, string victim)
    {
        var scenario = await Scenario.PaidAsync(shop);
        await shop.SettleAsync();
        Task<Answer> RefundAsync() => scenario.RefundAsync(5_000);

        await CrashAsync(RefundAsync, step, victim);

        await Scenario.RepeatAsync(RefundAsync);
        await shop.SettleAndCheckAsync();
        Assert.Equal(5_000, (await scenario.PaymentAsync()).GetProperty("refundedAmount").GetDecimal());
    }

    [Theory]
    [MemberData(nameof(TossMoments))]
    public async Task A_refund_is_made_once_when_the_power_fails_at_Toss(string moment, string victim)
    {
        var scenario = await Scenario.PaidAsync(shop);
        await shop.SettleAsync();
        Task<Answer> RefundAsync() => scenario.RefundAsync(5_000);

        await CrashAtTossAsync(RefundAsync, moment, "cancel", scenario, victim);

        await Scenario.RepeatAsync(RefundAsync);
        await shop.SettleAndCheckAsync();
        Assert.Equal(5_000, (await scenario.PaymentAsync()).GetProperty("refundedAmount").GetDecimal());
    }

    /// <summary>Kills the victim while the shop stands at the step, and starts it again.</summary>
    private async Task CrashAsync(Func<Task<Answer>> act, string step, string victim)
    {
        var where = Steps.All[step];
        Task<Answer> answer;
        await using (var barrier = await Barrier.RaiseAsync(shop.Databases, where))
        {
            answer = act();
            await barrier.WaitForArrivalAsync(s_arrival);
            await shop.Power.KillAsync(victim);
            if (victim == ShopDatabases.ServerOf(where.Database))
            {
                // Taking the barrier down needs its server.
                await shop.Power.StartAsync(victim);
            }
        }

        // The survivors go on, and do not find the victim at once.
        if (victim != ShopDatabases.ServerOf(where.Database))
        {
            await shop.Power.StartAsync(victim);
        }

        // Whatever it says: nobody may have been there to hear it.
        await answer;
    }

    private async Task CrashAtTossAsync(
        Func<Task<Answer>> act,
        string moment,
        string operation,
        Scenario scenario,
        string victim
    )
    {
        var fault = await shop.Toss.AddFaultAsync(moment, operation, scenario.OrderNumber, seconds: 3);
        var answer = act();
        await shop.Toss.WaitUntilTakenAsync(fault, s_arrival);
        await shop.Power.KillAsync(victim);
        await shop.Power.StartAsync(victim);
        await answer;
    }
}
