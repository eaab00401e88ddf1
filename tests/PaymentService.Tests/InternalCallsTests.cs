using System.Net;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>What payment-svc asks order-svc is what its internal document offers.</summary>
public sealed class InternalCallsTests
{
    private const string Number = "20261123-ORDER1";

    /// <summary>More than any enum has words.</summary>
    private const int Words = 8;

    private static readonly DateTime s_time = new(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc);

    [Fact]
    public async Task An_order_is_read_as_documented_in_whatever_state()
    {
        for (var word = 0; word < Words; word++)
        {
            using var orders = new DocumentedService { Word = word };
            orders.AssertAnswered(await Client(orders).FindAsync(Number, CancellationToken.None));
            orders.AssertAnswered(await Client(orders).FindByIdAsync(1, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_held_orders_and_events_are_read_as_documented(bool everything)
    {
        using var orders = new DocumentedService { AnswersEverything = everything };

        orders.AssertAnswered(await Client(orders).FindAsync(Number, CancellationToken.None));
        orders.AssertAnswered(await Client(orders).ListHeldAsync(s_time, 0, 10, CancellationToken.None), "orders");
        orders.AssertAnswered(await Client(orders).ReadEventsAsync(0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Orders_are_held_and_released_as_documented()
    {
        using var orders = new DocumentedService();

        Assert.True(await Client(orders).HoldAsync(Number, 1, CancellationToken.None));
        await Client(orders).ReleaseAsync(Number, 1, CancellationToken.None);
        await Client(orders).ReleaseAsync(Number, null, CancellationToken.None);
    }

    [Fact]
    public async Task Money_that_comes_and_goes_is_told_as_documented_whoever_says_so()
    {
        using var orders = new DocumentedService();
        foreach (var actor in Enum.GetValues<PaymentActor>())
        {
            Assert.Null(
                await Client(orders)
                    .MarkPaidAsync(Number, new OrderPayment(1, 30_000, actor, 2, "입금 확인"), CancellationToken.None)
            );
            await Client(orders)
                .EndRefundedAsync(Number, new OrderRefund(1, actor, null, null), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_deposit_is_seen_and_forgotten_as_documented()
    {
        using var orders = new DocumentedService();

        Assert.True(await Client(orders).SeeDepositAsync(Number, s_time, CancellationToken.None));
        await Client(orders).ForgetDepositAsync(Number, s_time, CancellationToken.None);
    }

    [Fact]
    public async Task Refusals_to_be_held_and_to_see_a_deposit_are_documented()
    {
        using var orders = new DocumentedService { Refusal = (HttpStatusCode.Conflict, "order_not_payable") };

        Assert.False(await Client(orders).HoldAsync(Number, 1, CancellationToken.None));
        Assert.False(await Client(orders).SeeDepositAsync(Number, s_time, CancellationToken.None));
    }

    [Theory]
    [InlineData("order_closed")]
    [InlineData("already_paid")]
    [InlineData("amount_mismatch")]
    public async Task A_refusal_of_money_is_documented(string code)
    {
        using var orders = new DocumentedService { Refusal = (HttpStatusCode.Conflict, code) };

        var refusal = await Client(orders)
            .MarkPaidAsync(
                Number,
                new OrderPayment(1, 30_000, PaymentActor.System, null, null),
                CancellationToken.None
            );

        Assert.Equal(code, refusal);
    }

    private static OrderClient Client(DocumentedService orders) => new(orders.CreateClient());
}
