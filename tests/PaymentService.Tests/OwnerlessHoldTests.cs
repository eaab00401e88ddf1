using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Orders;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>An order that is held while nobody charges a card for it is let go; one for which somebody does, never.</summary>
public sealed class OwnerlessHoldTests : IClassFixture<CardShop>, IAsyncLifetime
{
    private readonly CardShop _shop;
    private readonly StubOrder _order;
    private readonly CardReplica _sweeper;

    public OwnerlessHoldTests(CardShop shop)
    {
        _shop = shop;
        _order = shop.Orders.Add(PaymentShop.NewId());
        _sweeper = shop.StartReplica(settings =>
        {
            settings["Holds:Grace"] = "00:00:00";
            settings["Outbox:Enabled"] = "false";
        });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _order.Held = false;
        _shop.Orders.IsOfFirstRelease = false;
        await _sweeper.DisposeAsync();
    }

    [Fact]
    public async Task A_hold_whose_attempt_has_ended_is_let_go_and_counted()
    {
        var attempt = await LeaveAsync(CardAttemptStatus.Refused);
        (_order.Held, _order.Attempt) = (true, attempt.Id);

        Assert.Equal(1, await SweepAsync());

        Assert.False(_order.Held);
        Assert.Contains(_sweeper.Log, line => line.Contains($"Order {_order.Number} is held by attempt {attempt.Id},"));
        Assert.Equal(0, await SweepAsync());
    }

    [Theory]
    // As of an attempt that a restored database has forgotten, and as a payment-svc holds orders that does not say for which.
    [InlineData(1_000_000L)]
    [InlineData(null)]
    public async Task A_hold_of_which_nothing_is_known_is_let_go(long? attempt)
    {
        (_order.Held, _order.Attempt) = (true, attempt);

        Assert.Equal(1, await SweepAsync());

        Assert.False(_order.Held);
    }

    [Fact]
    public async Task An_order_svc_of_the_first_release_is_not_known_to_hold_any()
    {
        _order.Held = true;
        _shop.Orders.IsOfFirstRelease = true;

        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task A_hold_whose_attempt_is_under_way_stays()
    {
        await LeaveAsync(CardAttemptStatus.Refused);
        var attempt = await LeaveAsync(CardAttemptStatus.Confirming);
        (_order.Held, _order.Attempt) = (true, attempt.Id);

        Assert.Equal(0, await SweepAsync());

        Assert.True(_order.Held);
    }

    [Fact]
    public async Task A_hold_whose_charge_order_svc_has_not_been_told_of_stays()
    {
        _shop.Orders.Fail(_order, "paid");
        var key = await _shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await _shop.ConfirmAsync(_order, key).JsonAsync();
        Assert.True(_order.Held);

        Assert.Equal(0, await SweepAsync());

        Assert.True(_order.Held);
        _shop.Orders.Mend(_order);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    /// <summary>Whoever had the message stalled, so that somebody else delivered it, and the shopper tried again.</summary>
    [Fact]
    public async Task A_release_that_comes_late_takes_nothing_from_a_charge_of_which_order_svc_has_not_been_told()
    {
        var refused = await LeaveAsync(CardAttemptStatus.Refused);
        (_order.Held, _order.Attempt) = (false, refused.Id);
        _shop.Orders.Fail(_order, "paid");
        var key = await _shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await _shop.ConfirmAsync(_order, key).JsonAsync();
        Assert.True(_order.Held);
        await using var late = _shop.Service.Services.CreateAsyncScope();

        await late
            .ServiceProvider.GetRequiredService<ReleaseHoldHandler>()
            .HandleAsync(new ReleaseHold(_order.Number), CancellationToken.None);

        Assert.Equal(1, _order.Releases);
        Assert.True(_order.Held);
        _shop.Orders.Mend(_order);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    private Task<CardAttempt> LeaveAsync(CardAttemptStatus status) =>
        _shop.LeaveAttemptAsync(_order, $"key-{Guid.NewGuid():N}", TimeSpan.FromHours(1), status, withMessage: false);

    /// <returns>How many were let go.</returns>
    private async Task<long> SweepAsync()
    {
        using var counted = new MetricCollector<long>(
            _sweeper.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Payments",
            "msashop.payments.ownerless_holds"
        );
        await _sweeper.Services.GetRequiredService<OwnerlessHolds>().RunOnceAsync(CancellationToken.None);
        return counted.GetMeasurementSnapshot().Sum(measurement => measurement.Value);
    }
}
