using System.Net;
using MsaShop.Testing;

namespace MsaShop.Calls.Tests;

/// <summary>
/// An order is held by one attempt to pay it, and by nobody once that has ended, whenever and in whatever order the calls about
/// it arrive.
/// </summary>
public sealed class HoldTests(CallShop shop) : IClassFixture<CallShop>
{
    [Fact]
    public async Task A_hold_that_comes_after_its_release_holds_nothing()
    {
        var order = await PlaceAsync();
        var key = await shop.AuthorizeAsync(order);
        var holds = shop.ToOrders.HoldCalls($"{order.Number}/hold");

        // The request does not get through, nor does the background, until the shopper's time at Toss is over.
        var answer = await CallShop.AnswerAsync(() => shop.ConfirmAsync(order, key));
        await answer.JsonAsync(HttpStatusCode.Accepted);
        await shop.Toss.AdvanceAsync(TimeSpan.FromMinutes(11));
        await shop.WaitForPaymentAsync(order, "FAILED");
        await shop.WaitForReleaseAsync(order);
        await holds.LetGoAsync();

        Assert.False(await shop.IsHeldAsync(order));
        await shop.CancelAsync(order).JsonAsync();
    }

    [Fact]
    public async Task A_release_that_comes_late_leaves_the_next_attempt_its_hold()
    {
        var order = await PlaceAsync();
        var release = shop.ToOrders.HoldCalls($"{order.Number}/release", count: 1);
        // The first release is still on its way when the second one arrives.
        await shop.RefuseAsync(order);

        var key = await shop.AuthorizeAsync(order);
        var charge = shop.ToToss.HoldCalls("/v1/payments/confirm");
        var paying = CallShop.AnswerAsync(() => shop.ConfirmAsync(order, key));
        await charge.Arrived;
        await release.LetGoAsync();

        Assert.True(await shop.IsHeldAsync(order));
        await shop.CancelAsync(order).ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        await charge.LetGoAsync();
        await paying;
        await shop.PayAsync(order, key);
    }

    [Fact]
    public async Task A_request_that_has_outlived_its_time_charges_nothing()
    {
        await using var hasty = shop.StartHastyReplica();
        var order = await PlaceAsync();
        var key = await shop.AuthorizeAsync(order);
        var charges = shop.ToToss.CountOf("/v1/payments/confirm");
        var answers = shop.ToOrders.HoldAnswers($"{order.Number}/hold", count: 1);
        var paying = CallShop.AnswerAsync(() => shop.ConfirmAsync(order, key, hasty));
        await answers.Arrived;

        // Held, and then the background has seen to the attempt, and let the order go, before the request goes on.
        await shop.Toss.AdvanceAsync(TimeSpan.FromMinutes(11));
        await shop.WaitForPaymentAsync(order, "FAILED");
        await shop.WaitForReleaseAsync(order);
        await answers.LetGoAsync();
        await paying;

        Assert.Equal(charges, shop.ToToss.CountOf("/v1/payments/confirm"));
        Assert.False(await shop.IsHeldAsync(order));
        await shop.CancelAsync(order).JsonAsync();
    }

    private async Task<PlacedOrder> PlaceAsync() =>
        await shop.PlaceAsync(CallShop.NewUserId(), await shop.AddProductAsync());
}
