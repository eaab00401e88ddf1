using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Cards;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using TossStatus = MsaShop.TossPayments.Payments.PaymentStatus;

namespace MsaShop.PaymentService.Tests;

/// <summary>What Toss refuses because of the shop, such as its keys, is nobody's card's fault.</summary>
public sealed class ShopAtFaultTests(CardShop shop) : IClassFixture<CardShop>
{
    private readonly StubOrder _order = shop.Orders.Add(PaymentShop.NewId());

    [Theory]
    [InlineData("UNAUTHORIZED_KEY")]
    [InlineData("INVALID_API_KEY")]
    [InlineData("INCORRECT_BASIC_AUTH_FORMAT")]
    [InlineData("INVALID_UNREGISTERED_SUBMALL")]
    [InlineData("NOT_FOUND_TERMINAL_ID")]
    [InlineData("NOT_REGISTERED_BUSINESS")]
    public async Task The_shopper_is_told_that_no_card_can_pay_now_and_the_attempt_ends(string code)
    {
        using var alarms = new MetricCollector<long>(
            shop.Service.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Payments",
            "msashop.payments.shop_at_fault"
        );
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await shop.Toss.AddFaultAsync(FaultKind.ErrorOnce, Operation.Confirm, paymentKey: key, code: code);

        var problem = await shop.ConfirmAsync(_order, key)
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "payment_unavailable");

        Assert.False(problem.TryGetProperty("tossMessage", out _));
        Assert.Contains(alarms.GetMeasurementSnapshot(), alarm => code.Equals(alarm.Tags["code"]));
        var attempt = Assert.Single(await shop.AttemptsAsync(_order));
        Assert.Equal((CardAttemptStatus.Refused, code), (attempt.Status, attempt.TossCode));
        await CardShop.WaitForReleaseAsync(_order);
        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
        var refusal = (await shop.PaymentAsync(_order)).GetProperty("refusal");
        Assert.Equal(code, refusal.GetProperty("tossCode").GetString());
        Assert.False(refusal.TryGetProperty("tossMessage", out _));
        // The same answer again, and once it is mended another payment succeeds.
        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.ServiceUnavailable, "payment_unavailable");
        await shop.ConfirmAsync(_order, await shop.Toss.AuthorizeAsync(_order.Number, _order.Total)).JsonAsync();
        Assert.Equal("CONFIRMED", _order.Status);
    }

    [Fact]
    public async Task An_attempt_that_the_background_goes_on_with_ends_too()
    {
        var key = await shop.Toss.AuthorizeAsync(_order.Number, _order.Total);
        await shop.Toss.AddFaultAsync(FaultKind.ErrorOnce, Operation.Confirm, paymentKey: key, code: "UNAUTHORIZED_KEY");

        await shop.LeaveAttemptAsync(_order, key, lease: TimeSpan.FromSeconds(-1));

        await shop.WaitForPaymentAsync(_order, "FAILED");
        await CardShop.WaitForReleaseAsync(_order);
        Assert.Equal("UNAUTHORIZED_KEY", Assert.Single(await shop.AttemptsAsync(_order)).TossCode);
    }
}
