using System.Net;
using Dapper;
using MsaShop.EndToEnd.Tests.Crashes;

namespace MsaShop.EndToEnd.Tests.Payments;

/// <summary>Paying by card, with lost answers of Toss and others acting on the same order.</summary>
[Collection(CrashCollection.Name)]
public sealed class CardTests(CrashFixture shop)
{
    /// <summary>Longer than payment-svc waits for Toss in these tests.</summary>
    private const double TooSlow = 6;

    [Theory]
    [InlineData("drop-response-after-approve", 0)]
    [InlineData("drop-response-before-approve", 0)]
    [InlineData("error-after-approve", 0)]
    [InlineData("error-once", 0)]
    [InlineData("conflict", 0)]
    [InlineData("slow", TooSlow)]
    [InlineData("slow-after-approve", TooSlow)]
    public async Task A_card_is_charged_once_whatever_becomes_of_the_answer(string fault, double seconds)
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync(fault, "confirm", scenario.OrderNumber, seconds);

        var first = await scenario.ConfirmAsync();

        Assert.True(first.Status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{first}");
        await shop.SettleAndCheckAsync();
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
        var again = Scenario.Expect(HttpStatusCode.OK, await scenario.ConfirmAsync());
        Assert.Equal("COMPLETED", again.Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Twenty_confirms_at_once_charge_once()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scenario.ConfirmAsync()));

        Assert.All(
            answers,
            answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{answer}")
        );
        Scenario.Expect(HttpStatusCode.OK, await Scenario.RepeatAsync(scenario.ConfirmAsync));
        await shop.SettleAndCheckAsync();
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    [Fact]
    public async Task Of_several_cards_shown_for_one_order_one_is_charged()
    {
        var scenario = await Scenario.OrderedAsync(shop);
        var keys = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scenario.AuthenticateAsync()));

        var answers = await Task.WhenAll(keys.Select(key => scenario.ConfirmAsync(key, Scenario.Amount)));

        Assert.All(
            answers,
            answer =>
                Assert.True(
                    answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted
                        || answer.Code is "payment_in_progress" or "order_not_payable",
                    $"{answer}"
                )
        );
        await shop.SettleAndCheckAsync();
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    /// <summary>Either wins; in no case is the card charged and nothing sold, or sold and nothing charged.</summary>
    [Fact]
    public async Task A_confirm_and_a_cancel_at_once_leave_one_of_two_outcomes()
    {
        for (var round = 0; round < 6; round++)
        {
            var scenario = await Scenario.AuthenticatedAsync(shop);
            Func<Task<Answer>>[] rivals = [scenario.ConfirmAsync, scenario.CancelAsync];
            if (round % 2 == 1)
            {
                Array.Reverse(rivals);
            }

            await Task.WhenAll(rivals.Select(rival => rival()));

            await shop.SettleAndCheckAsync();
            var kept = (await shop.Toss.ChargesOfAsync(scenario.OrderNumber)).Sum(charge => charge.BalanceAmount);
            var status = await scenario.OrderStatusAsync();
            Assert.True(
                (status, kept) is ("CONFIRMED", Scenario.Price * Scenario.Quantity) or ("CANCELLED", 0m),
                $"The order is {status}, and Toss keeps {kept}."
            );
        }
    }

    [Fact]
    public async Task After_the_deadline_no_card_is_charged()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await PassDeadlineAsync(scenario);

        var answer = Scenario.Expect(HttpStatusCode.Conflict, await scenario.ConfirmAsync());

        Assert.Equal("order_not_payable", answer.Code);
        await WaitForOrderAsync(scenario, "CANCELLED");
        await shop.SettleAndCheckAsync();
        Assert.Empty(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal(Scenario.Stock, await shop.StockOfAsync(scenario.Product));
    }

    [Fact]
    public async Task A_deadline_that_passes_while_Toss_works_does_not_count()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        var fault = await shop.Toss.AddFaultAsync("slow", "confirm", scenario.OrderNumber, seconds: 2);

        var confirm = scenario.ConfirmAsync();
        await shop.Toss.WaitUntilTakenAsync(fault, TimeSpan.FromSeconds(10));
        await PassDeadlineAsync(scenario);
        var cancel = await scenario.CancelAsync();

        Assert.Equal("payment_in_progress", cancel.Code);
        Scenario.Expect(HttpStatusCode.OK, await confirm);
        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-23_900)]
    public async Task An_amount_that_was_tampered_with_is_not_charged(int difference)
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);

        var answer = await scenario.ConfirmAsync(scenario.PaymentKey, Scenario.Amount + difference);

        Scenario.Expect(HttpStatusCode.Conflict, answer);
        Assert.Equal("amount_mismatch", answer.Code);
        await shop.SettleAndCheckAsync();
        Assert.Empty(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal("PENDING", await scenario.OrderStatusAsync());
    }

    /// <summary>The page asked Toss for less than the order costs, and tells the shop the right amount.</summary>
    [Fact]
    public async Task An_amount_that_was_tampered_with_at_Toss_is_not_charged()
    {
        var scenario = await Scenario.OrderedAsync(shop);
        var cheap = await shop.Toss.AuthenticateAsync(scenario.OrderNumber, 100);

        var answer = await scenario.ConfirmAsync(cheap, Scenario.Amount);

        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        await shop.SettleAndCheckAsync();
        Assert.Empty(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
        Assert.Equal("PENDING", await scenario.OrderStatusAsync());
    }

    [Fact]
    public async Task Another_shopper_cannot_confirm_the_order()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        using var stranger = await shop.NewClient().SignUpAsync();

        var answer = await stranger.SendAsync(
            HttpMethod.Post,
            "/api/payments/confirm",
            new
            {
                paymentKey = scenario.PaymentKey,
                orderId = scenario.OrderNumber,
                amount = Scenario.Amount,
            }
        );

        Scenario.Expect(HttpStatusCode.NotFound, answer);
        Assert.Equal("order_not_found", answer.Code);
        await shop.SettleAndCheckAsync();
        Assert.Empty(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
    }

    [Fact]
    public async Task After_a_refused_card_another_one_pays()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AddFaultAsync("error-once", "confirm", scenario.OrderNumber, code: "REJECT_CARD_PAYMENT");

        var refused = Scenario.Expect(HttpStatusCode.UnprocessableEntity, await scenario.ConfirmAsync());
        Assert.Equal("card_refused", refused.Code);
        Assert.Equal("REJECT_CARD_PAYMENT", refused.Body.GetProperty("tossCode").GetString());
        await shop.SettleAndCheckAsync();
        Assert.Equal("PENDING", await scenario.OrderStatusAsync());

        await scenario.AuthenticateAsync();
        Scenario.Expect(HttpStatusCode.OK, await scenario.ConfirmAsync());
        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
        Assert.Single(await shop.Toss.ChargesOfAsync(scenario.OrderNumber));
    }

    /// <summary>Toss forgets a card ten minutes after it was shown.</summary>
    [Fact]
    public async Task A_card_shown_too_long_ago_is_shown_again()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);
        await shop.Toss.AdvanceClockAsync(TimeSpan.FromMinutes(11));

        var late = Scenario.Expect(HttpStatusCode.Conflict, await scenario.ConfirmAsync());
        Assert.Equal("payment_expired", late.Code);
        await shop.SettleAsync();

        await scenario.AuthenticateAsync();
        Scenario.Expect(HttpStatusCode.OK, await scenario.ConfirmAsync());
        await shop.SettleAndCheckAsync();
        Assert.Equal("CONFIRMED", await scenario.OrderStatusAsync());
    }

    /// <summary>Nobody can wait half an hour here, so the deadline comes to the order.</summary>
    private async Task PassDeadlineAsync(Scenario scenario)
    {
        await using var orders = await shop.Databases.OpenAsync("orderdb");
        await orders.ExecuteAsync(
            "UPDATE orders SET pay_by = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = @OrderId",
            new { scenario.OrderId }
        );
    }

    private static async Task WaitForOrderAsync(Scenario scenario, string status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await scenario.OrderStatusAsync() is var now && now != status)
        {
            Assert.False(limit.IsCancellationRequested, $"The order is still {now}.");
            await Task.Delay(100);
        }
    }
}
