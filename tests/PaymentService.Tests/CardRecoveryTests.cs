using System.Net;
using MsaShop.PaymentService.Cards;
using MsaShop.Testing;
using TossStatus = MsaShop.TossPayments.Payments.PaymentStatus;

namespace MsaShop.PaymentService.Tests;

/// <summary>What a process that died leaves to the others.</summary>
public sealed class CardRecoveryTests(CardShop shop) : IClassFixture<CardShop>, IDisposable
{
    private static readonly TimeSpan s_over = TimeSpan.FromSeconds(-1);

    private readonly StubOrder _order = shop.Orders.Add(PaymentShop.NewId());

    public void Dispose() => shop.Orders.BeforeHold = null;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task An_attempt_left_on_the_way_is_finished(bool wasHeld, bool wasCharged)
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        _order.Held = wasHeld;
        if (wasCharged)
        {
            await shop.ChargeAsync(_order, key, "confirm-of-the-dead");
        }

        await shop.LeaveAttemptAsync(_order, key, s_over);

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Equal(TossStatus.Done, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_charge_that_the_background_writes_down_first_is_answered_all_the_same(bool isAwaited)
    {
        if (isAwaited)
        {
            await shop.AwaitAsync(_order);
        }

        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        // What is told of the charge stays to be told.
        shop.Orders.Fail(_order, "paid");
        shop.Orders.BeforeHold = async order =>
        {
            if (order == _order)
            {
                var attempt = Assert.Single(await shop.AttemptsAsync(_order));
                await shop.ChargeAsync(_order, key, $"confirm-{attempt.Id}-{attempt.Try}");
                await shop.SettleAsync(attempt);
                await shop.WaitForPaymentAsync(_order, "COMPLETED");
            }
        };

        var payment = await shop.ConfirmAsync(_order, key).JsonAsync();

        Assert.Equal("COMPLETED", payment.GetProperty("status").GetString());
        shop.Orders.Mend(_order);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.AttemptsAsync(_order));
    }

    [Fact]
    public async Task An_attempt_whose_order_closed_before_it_was_held_is_given_up()
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        _order.Status = "CANCELLED";

        await shop.LeaveAttemptAsync(_order, key, s_over);

        await shop.WaitForPaymentAsync(_order, "FAILED");
        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task A_replica_that_cannot_reach_Toss_leaves_it_to_one_that_can()
    {
        await using var cutOff = shop.StartReplica(settings =>
        {
            settings["Toss:BaseAddress"] = "http://127.0.0.1:1";
            settings["Outbox:Enabled"] = "false";
        });
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);

        await shop.ConfirmAsync(_order, key, cutOff.CreateClientFor(_order.UserId)).JsonAsync(HttpStatusCode.Accepted);

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    [Fact]
    public async Task A_second_charge_for_a_paid_order_goes_back()
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await shop.ConfirmAsync(_order, key).JsonAsync();
        var stray = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await shop.ChargeAsync(_order, stray, "confirm-by-mistake");

        await shop.LeaveAttemptAsync(_order, stray, s_over);

        await CardShop.WaitAsync(
            async () => (await shop.Toss.PaymentAsync(stray)).BalanceAmount == 0,
            () => "The second charge does not go back."
        );
        Assert.Equal(_order.Total, (await shop.Toss.PaymentAsync(key)).BalanceAmount);
        var payment = await shop.WaitForPaymentAsync(_order, "COMPLETED");
        Assert.Equal(key, payment.GetProperty("paymentKey").GetString());
        Assert.Equal(0, payment.GetProperty("refundedAmount").GetInt64());
    }

    [Fact]
    public async Task A_charge_for_another_amount_is_for_somebody_to_look_at()
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total + 1000);
        var asCharged = new StubOrder
        {
            Id = _order.Id,
            Number = _order.Number,
            UserId = _order.UserId,
            Total = _order.Total + 1000,
        };
        await shop.ChargeAsync(asCharged, key, "confirm-of-more");

        var attempt = await shop.LeaveAttemptAsync(_order, key, s_over);

        var id = SettleCard.KeyOf(attempt);
        await CardShop.WaitAsync(
            async () =>
                (
                    await shop
                        .Service.CreateAdminClient()
                        .GetAsync("/api/payments/outbox?status=DEAD&size=100")
                        .JsonAsync()
                )
                    .GetProperty("items")
                    .EnumerateArray()
                    .Any(message =>
                        message.GetProperty("type").GetString() == "settle-card"
                        && message.GetProperty("key").GetString() == id
                    ),
            () => "Nobody is told."
        );
        Assert.Equal("PENDING", (await shop.PaymentAsync(_order)).GetProperty("status").GetString());
        Assert.Equal("PENDING", _order.Status);
    }

    [Fact]
    public async Task A_charge_found_after_the_attempt_was_given_up_pays_the_order()
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await shop.ChargeAsync(_order, key, "confirm-in-secret");

        var attempt = await shop.LeaveAttemptAsync(_order, key, s_over, CardAttemptStatus.Refused);
        await shop.SettleAsync(attempt);

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }
}
