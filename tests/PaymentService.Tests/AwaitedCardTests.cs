using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using TossStatus = MsaShop.TossPayments.Payments.PaymentStatus;

namespace MsaShop.PaymentService.Tests;

/// <summary>
/// Paying orders of which the feed has told: order-svc is not asked for them, and all else is as in <see cref="CardTests"/>.
/// </summary>
public sealed class AwaitedCardTests(CardShop shop) : IClassFixture<CardShop>, IAsyncLifetime
{
    private readonly StubOrder _order = shop.Orders.Add(PaymentShop.NewId());

    public Task InitializeAsync() => shop.AwaitAsync(_order);

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<string> AuthorizeAsync(string? refuseWith = null) =>
        shop.Toss.AuthorizeAsync(_order.Number, _order.Total, refuseWith);

    [Fact]
    public async Task The_card_is_charged_without_a_question_for_the_order()
    {
        shop.Orders.Fail(_order, "find");
        var key = await AuthorizeAsync();

        var payment = await shop.ConfirmAsync(_order, key).JsonAsync();

        Assert.Equal("COMPLETED", payment.GetProperty("status").GetString());
        Assert.Equal(
            (_order.Id, _order.Total),
            (payment.GetProperty("orderId").GetInt64(), payment.GetProperty("amount").GetInt64())
        );
        Assert.Equal(key, payment.GetProperty("paymentKey").GetString());
        Assert.Equal("CONFIRMED", _order.Status);
        Assert.Equal(payment.GetProperty("id").GetInt64(), _order.PaymentId);
        Assert.Equal(CardAttemptStatus.Done, Assert.Single(await shop.AttemptsAsync(_order)).Status);
        var stored = await shop.PaymentAsync(_order);
        Assert.Equal(payment.GetProperty("updatedAt").GetDateTime(), stored.GetProperty("updatedAt").GetDateTime());
    }

    [Fact]
    public async Task Twenty_confirms_at_once_on_two_replicas_are_one_attempt_and_one_charge()
    {
        await using var other = shop.StartReplica();
        var key = await AuthorizeAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    shop.ConfirmAsync(_order, key, (i % 2 == 0 ? shop.Service : other).CreateClientFor(_order.UserId))
                )
        );

        Assert.All(
            answers,
            answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted })
        );
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.AttemptsAsync(_order));
        Assert.Single(await shop.Toss.PaymentsAsync(_order.Number), payment => payment.Status == TossStatus.Done);
    }

    [Fact]
    public async Task Two_keys_at_once_charge_one_card()
    {
        var keys = await Task.WhenAll(AuthorizeAsync(), AuthorizeAsync());

        var answers = await Task.WhenAll(keys.Select(key => shop.ConfirmAsync(_order, key)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.Toss.PaymentsAsync(_order.Number), payment => payment.Status == TossStatus.Done);
    }

    [Fact]
    public async Task What_does_not_fit_the_order_is_refused_and_leaves_nothing()
    {
        var key = await AuthorizeAsync();

        await shop.ConfirmAsync(_order.UserId, _order.Number, key, _order.Total - 1)
            .ProblemAsync(HttpStatusCode.Conflict, "amount_mismatch");
        await shop.ConfirmAsync(PaymentShop.NewId(), _order.Number, key, _order.Total)
            .ProblemAsync(HttpStatusCode.NotFound, "order_not_found");

        Assert.Empty(await shop.AttemptsAsync(_order));
        Assert.False(await HasPaymentAsync(_order));
        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task A_key_of_another_order_is_refused_and_leaves_nothing()
    {
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync();
        var other = shop.Orders.Add(_order.UserId);
        await shop.AwaitAsync(other);

        await shop.ConfirmAsync(other, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Assert.Equal("PENDING", other.Status);
        Assert.False(await HasPaymentAsync(other));
    }

    [Fact]
    public async Task An_order_that_has_closed_since_is_not_charged()
    {
        _order.Status = "CANCELLED";
        var key = await AuthorizeAsync();

        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
        Assert.Equal("FAILED", (await shop.PaymentAsync(_order)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task After_a_refusal_another_card_may_be_tried()
    {
        await shop.ConfirmAsync(_order, await AuthorizeAsync(refuseWith: "REJECT_CARD_PAYMENT"))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "card_refused");

        var paid = await shop.ConfirmAsync(_order, await AuthorizeAsync()).JsonAsync();

        Assert.Equal("COMPLETED", paid.GetProperty("status").GetString());
        Assert.Equal("CONFIRMED", _order.Status);
    }

    [Fact]
    public async Task An_answer_that_tells_nothing_is_checked_until_it_is_known()
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(FaultKind.DropResponseAfterApprove, Operation.Confirm, paymentKey: key);

        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.AttemptsAsync(_order));
    }

    [Fact]
    public async Task What_the_background_has_written_meanwhile_is_not_overwritten_unseen()
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(FaultKind.Slow, Operation.Confirm, paymentKey: key, seconds: 1);
        var confirming = shop.ConfirmAsync(_order, key);
        await CardShop.WaitAsync(() => Task.FromResult(_order.Held), () => "The order is not held.");
        await shop.QueryAsync(async database =>
        {
            var attempt = await database.CardAttempts.SingleAsync(a => a.PaymentKey == key);
            var payment = await database.Payments.SingleAsync(p => p.Id == attempt.PaymentId);
            attempt.Status = CardAttemptStatus.Refused;
            payment.Move(PaymentStatus.Failed, Actor.Shop("Given up too early."), DateTime.UtcNow);
            return await database.SaveChangesAsync();
        });

        var paid = await confirming.JsonAsync();

        // Charged is charged, whatever was thought before.
        Assert.Equal("COMPLETED", paid.GetProperty("status").GetString());
        Assert.Equal(
            ["PENDING > FAILED", "FAILED > COMPLETED"],
            (await shop.PaymentAsync(_order))
                .GetProperty("history")
                .EnumerateArray()
                .Select(change => $"{change.GetProperty("from").GetString()} > {change.GetProperty("to").GetString()}")
        );
        Assert.Equal("CONFIRMED", _order.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Commits_whose_answers_are_lost_count_once(int lost)
    {
        await using var way = LossyDatabase.InFrontOf(shop.Service.Settings["ConnectionStrings:paymentdb"]!);
        await using var replica = shop.StartReplica(settings =>
        {
            settings["ConnectionStrings:paymentdb"] = way.ConnectionString;
            // Nobody but the request commits on this way.
            settings["Outbox:Enabled"] = "false";
            settings["OrderEvents:PollingInterval"] = "01:00:00";
        });
        var client = replica.CreateClientFor(_order.UserId);
        await client.GetAsync("/api/payments/client");
        var key = await AuthorizeAsync();
        way.LoseCommits(lost);

        var paid = await shop.ConfirmAsync(_order, key, client).JsonAsync();

        Assert.Equal(lost, way.Lost);
        Assert.Equal("COMPLETED", paid.GetProperty("status").GetString());
        Assert.Equal("CONFIRMED", _order.Status);
        Assert.Single(await shop.AttemptsAsync(_order));
        Assert.Single((await shop.PaymentAsync(_order)).GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task An_attempt_that_its_process_has_left_is_found_when_its_time_is_over()
    {
        var key = await AuthorizeAsync();

        await shop.LeaveAttemptAsync(_order, key, TimeSpan.FromSeconds(-1), withMessage: false);

        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    [Fact]
    public async Task An_attempt_whose_time_is_not_over_is_left_to_its_request()
    {
        var attempt = await shop.LeaveAttemptAsync(
            _order,
            await AuthorizeAsync(),
            TimeSpan.FromMinutes(5),
            withMessage: false
        );

        await shop.Service.Services.GetRequiredService<AbandonedAttemptSweeper>().RunOnceAsync(CancellationToken.None);

        var id = SettleCard.KeyOf(attempt);
        Assert.False(
            await shop.QueryAsync(database =>
                database.Set<OutboxMessage>().AnyAsync(m => m.Type == SettleCard.Type && m.Key == id)
            )
        );
        Assert.NotNull(Assert.Single(await shop.AttemptsAsync(_order)).LeaseUntil);
    }

    private Task<bool> HasPaymentAsync(StubOrder order) =>
        shop.QueryAsync(database => database.Payments.AnyAsync(payment => payment.OrderId == order.Id));
}
