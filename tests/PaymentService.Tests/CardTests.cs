using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using TossStatus = MsaShop.TossPayments.Payments.PaymentStatus;

namespace MsaShop.PaymentService.Tests;

public class CardTests(CardShop shop) : IClassFixture<CardShop>
{
    private readonly StubOrder _order = shop.Orders.Add(PaymentShop.NewId());

    private Task<string> AuthorizeAsync(string? refuseWith = null) =>
        shop.Toss.AuthorizeAsync(_order.Number, _order.Total, refuseWith);

    [Fact]
    public async Task A_card_is_charged_and_the_order_confirmed_in_one_answer()
    {
        var key = await AuthorizeAsync();

        var payment = await shop.ConfirmAsync(_order, key).JsonAsync();

        Assert.Equal("COMPLETED", payment.GetProperty("status").GetString());
        Assert.Equal(key, payment.GetProperty("paymentKey").GetString());
        Assert.Equal(_order.Id, payment.GetProperty("orderId").GetInt64());
        Assert.Equal(_order.Total, payment.GetProperty("amount").GetInt64());
        Assert.False(payment.GetProperty("checking").GetBoolean());
        Assert.Equal("CONFIRMED", _order.Status);
        Assert.Equal(payment.GetProperty("id").GetInt64(), _order.PaymentId);
        Assert.Equal(TossStatus.Done, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task Confirming_again_gives_the_same_answer_and_charges_nothing()
    {
        var key = await AuthorizeAsync();
        var first = await shop.ConfirmAsync(_order, key).JsonAsync();

        var second = await shop.ConfirmAsync(_order, key).JsonAsync();

        Assert.Equal(first.GetProperty("id").GetInt64(), second.GetProperty("id").GetInt64());
        Assert.Equal("COMPLETED", second.GetProperty("status").GetString());
        Assert.Single(await shop.AttemptsAsync(_order));
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
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.AttemptsAsync(_order));
        Assert.Single(await shop.Toss.PaymentsAsync(_order.Number), payment => payment.Status == TossStatus.Done);
    }

    [Fact]
    public async Task Two_keys_for_one_order_charge_one_card()
    {
        var keys = await Task.WhenAll(AuthorizeAsync(), AuthorizeAsync());

        var answers = await Task.WhenAll(keys.Select(key => shop.ConfirmAsync(_order, key)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Single(await shop.Toss.PaymentsAsync(_order.Number), payment => payment.Status == TossStatus.Done);
        await shop.ConfirmAsync(_order, await AuthorizeAsync())
            .ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
    }

    [Fact]
    public async Task A_key_pays_for_one_order_only()
    {
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync();
        var other = shop.Orders.Add(_order.UserId);

        await shop.ConfirmAsync(other, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Assert.Equal("PENDING", other.Status);
    }

    [Fact]
    public async Task Someone_else_s_key_charges_nothing_for_this_order()
    {
        var other = shop.Orders.Add(PaymentShop.NewId());
        var key = await shop.Toss.AuthorizeAsync(other.Number, other.Total);

        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.UnprocessableEntity, "card_refused");

        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
        await CardShop.WaitForReleaseAsync(_order);
    }

    [Fact]
    public async Task What_does_not_fit_the_order_is_refused_before_Toss_is_asked()
    {
        var key = await AuthorizeAsync();
        var transfer = shop.Orders.Add(_order.UserId, method: "BANK_TRANSFER");
        var closed = shop.Orders.Add(_order.UserId);
        closed.Status = "CANCELLED";

        await shop.ConfirmAsync(_order.UserId, _order.Number, key, _order.Total - 1)
            .ProblemAsync(HttpStatusCode.Conflict, "amount_mismatch");
        await shop.ConfirmAsync(PaymentShop.NewId(), _order.Number, key, _order.Total)
            .ProblemAsync(HttpStatusCode.NotFound, "order_not_found");
        await shop.ConfirmAsync(_order.UserId, "20261123-NOSUCH", key, _order.Total)
            .ProblemAsync(HttpStatusCode.NotFound, "order_not_found");
        await shop.ConfirmAsync(transfer, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
        await shop.ConfirmAsync(closed, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Assert.Empty(await shop.AttemptsAsync(_order));
        Assert.Empty(await shop.AttemptsAsync(closed));
        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task An_order_that_cannot_be_held_is_not_charged()
    {
        _order.IsLate = true;
        var key = await AuthorizeAsync();

        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");
        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.Conflict, "order_not_payable");

        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
        Assert.Equal("FAILED", (await shop.PaymentAsync(_order)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Wrong_fields_are_told_and_strangers_sent_away()
    {
        await shop.ConfirmAsync(1, "x", "", 0).InvalidAsync("paymentKey", "orderId", "amount");
        await shop.ConfirmAsync(1, new string('x', 65), new string('k', 201), -5)
            .InvalidAsync("paymentKey", "orderId", "amount");
        await shop.ConfirmAsync(1, "결제-결제-결제", "키", 100).InvalidAsync("paymentKey", "orderId");
        await shop.ConfirmAsync(1, "20261123-AAAA", "key", 100, shop.Service.CreateAnonymousClient())
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_refused_card_is_told_in_Toss_s_words_and_another_may_be_tried()
    {
        var key = await AuthorizeAsync(refuseWith: "REJECT_CARD_PAYMENT");

        foreach (var _ in new[] { 1, 2 })
        {
            var problem = await shop.ConfirmAsync(_order, key)
                .ProblemAsync(HttpStatusCode.UnprocessableEntity, "card_refused");
            Assert.Equal("REJECT_CARD_PAYMENT", problem.GetProperty("tossCode").GetString());
            Assert.NotEmpty(problem.GetProperty("tossMessage").GetString()!);
        }

        var failed = await shop.PaymentAsync(_order);
        Assert.Equal("FAILED", failed.GetProperty("status").GetString());
        Assert.Equal("REJECT_CARD_PAYMENT", failed.GetProperty("refusal").GetProperty("tossCode").GetString());

        // At once: the order is let go for the first key, and held for the second.
        var paid = await shop.ConfirmAsync(_order, await AuthorizeAsync()).JsonAsync();

        Assert.Equal("COMPLETED", paid.GetProperty("status").GetString());
        Assert.Equal("CONFIRMED", _order.Status);
        Assert.Equal(
            ["FAILED", "PENDING", "COMPLETED"],
            (await shop.PaymentAsync(_order))
                .GetProperty("history")
                .EnumerateArray()
                .Select(change => change.GetProperty("to").GetString())
        );
    }

    [Fact]
    public async Task A_new_try_waits_until_the_order_has_been_let_go_of_by_the_last()
    {
        shop.Orders.Fail(_order, "release");
        await shop.ConfirmAsync(_order, await AuthorizeAsync(refuseWith: "REJECT_CARD_PAYMENT"))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "card_refused");

        await shop.ConfirmAsync(_order, await AuthorizeAsync())
            .ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        shop.Orders.Mend(_order);
        await CardShop.WaitForReleaseAsync(_order);
        await CardShop.WaitAsync(
            async () => (await shop.ConfirmAsync(_order, await AuthorizeAsync())).StatusCode == HttpStatusCode.OK,
            () => "The order cannot be paid."
        );

        Assert.Equal("CONFIRMED", _order.Status);
    }

    [Fact]
    public async Task A_shopper_who_is_too_late_may_start_again()
    {
        await using var late = await LateShop.StartAsync();
        var order = late.Shop.Orders.Add(_order.UserId);
        var key = await late.Shop.Toss.AuthorizeAsync(order.Number, order.Total);
        await late.Shop.Toss.AdvanceAsync(TimeSpan.FromMinutes(11));

        await late.Shop.ConfirmAsync(order, key).ProblemAsync(HttpStatusCode.Conflict, "payment_expired");
        await late.Shop.ConfirmAsync(order, key).ProblemAsync(HttpStatusCode.Conflict, "payment_expired");

        await CardShop.WaitForReleaseAsync(order);
        var fresh = await late.Shop.Toss.AuthorizeAsync(order.Number, order.Total);
        await late.Shop.ConfirmAsync(order, fresh).JsonAsync();
    }

    [Theory]
    [InlineData(FaultKind.DropResponseAfterApprove, null)]
    [InlineData(FaultKind.DropResponseBeforeApprove, null)]
    [InlineData(FaultKind.SlowAfterApprove, null)]
    [InlineData(FaultKind.Slow, null)]
    [InlineData(FaultKind.ErrorAfterApprove, null)]
    [InlineData(FaultKind.ErrorOnce, null)]
    [InlineData(FaultKind.ErrorOnce, "PROVIDER_ERROR")]
    [InlineData(FaultKind.ErrorOnce, "ALREADY_PROCESSED_PAYMENT")]
    [InlineData(FaultKind.ErrorOnce, "UNKNOWN_PAYMENT_ERROR")]
    [InlineData(FaultKind.ErrorAfterApprove, "ALREADY_PROCESSED_PAYMENT")]
    [InlineData(FaultKind.Conflict, null)]
    public async Task An_answer_that_tells_nothing_is_checked_until_it_is_known(FaultKind fault, string? code)
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(fault, Operation.Confirm, paymentKey: key, seconds: 3, code: code);

        var checking = await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("PENDING", checking.GetProperty("status").GetString());
        Assert.True(checking.GetProperty("checking").GetBoolean());
        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Equal(TossStatus.Done, (await shop.Toss.PaymentAsync(key)).Status);
        Assert.Single(await shop.AttemptsAsync(_order));
    }

    [Fact]
    public async Task While_it_is_checked_the_order_stays_held_and_no_other_card_is_charged()
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(FaultKind.DropResponseAfterApprove, Operation.Confirm, paymentKey: key);
        await shop.Toss.AddFaultAsync(FaultKind.ErrorOnce, Operation.Lookup, paymentKey: key, count: 4);

        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        Assert.True(_order.Held);
        Assert.Equal(0, _order.Releases);
        await shop.ConfirmAsync(_order, await AuthorizeAsync())
            .ProblemAsync(HttpStatusCode.Conflict, "payment_in_progress");
        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);
        await shop.WaitForPaymentAsync(_order, "COMPLETED");
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    [Fact]
    public async Task A_refusal_whose_answer_was_lost_is_found_out()
    {
        var key = await AuthorizeAsync(refuseWith: "REJECT_CARD_PAYMENT");
        await shop.Toss.AddFaultAsync(FaultKind.DropResponseAfterApprove, Operation.Confirm, paymentKey: key);

        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        var failed = await shop.WaitForPaymentAsync(_order, "FAILED");
        Assert.Equal("REJECT_CARD_PAYMENT", failed.GetProperty("refusal").GetProperty("tossCode").GetString());
        await CardShop.WaitForReleaseAsync(_order);
        await shop.ConfirmAsync(_order, key).ProblemAsync(HttpStatusCode.UnprocessableEntity, "card_refused");
    }

    [Fact]
    public async Task Without_order_svc_nothing_begins()
    {
        shop.Orders.Fail(_order, "find");

        await shop.ConfirmAsync(_order, await AuthorizeAsync())
            .ProblemAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");

        Assert.Empty(await shop.AttemptsAsync(_order));
    }

    [Fact]
    public async Task An_order_that_could_not_be_held_yet_is_charged_once_it_is()
    {
        shop.Orders.Fail(_order, "hold");
        var key = await AuthorizeAsync();

        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
        shop.Orders.Mend(_order);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        await shop.WaitForPaymentAsync(_order, "COMPLETED");
    }

    [Fact]
    public async Task An_order_closed_before_it_could_be_held_is_never_charged()
    {
        shop.Orders.Fail(_order, "hold");
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);

        _order.Status = "CANCELLED";
        shop.Orders.Mend(_order);

        await shop.WaitForPaymentAsync(_order, "FAILED");
        Assert.Equal(TossStatus.InProgress, (await shop.Toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task Money_that_order_svc_cannot_be_told_of_is_told_later()
    {
        shop.Orders.Fail(_order, "paid");

        var payment = await shop.ConfirmAsync(_order, await AuthorizeAsync()).JsonAsync();

        Assert.Equal("COMPLETED", payment.GetProperty("status").GetString());
        Assert.Equal("PENDING", _order.Status);
        Assert.True(_order.Held);
        shop.Orders.Mend(_order);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
    }

    [Fact]
    public async Task Money_for_an_order_that_has_closed_goes_back()
    {
        shop.Orders.Fail(_order, "paid");
        var key = await AuthorizeAsync();
        await shop.ConfirmAsync(_order, key).JsonAsync();

        _order.Status = "CANCELLED";
        shop.Orders.Mend(_order);

        await shop.WaitForPaymentAsync(_order, "REFUNDED");
        Assert.Equal(0, (await shop.Toss.PaymentAsync(key)).BalanceAmount);
        var refund = Assert.Single(
            await shop.QueryAsync(database =>
                database
                    .Refunds.Where(refund =>
                        database.Payments.Any(p => p.Id == refund.PaymentId && p.OrderId == _order.Id)
                    )
                    .ToListAsync()
            )
        );
        Assert.Equal(RefundStatus.Completed, refund.Status);
    }

    [Fact]
    public async Task A_shopper_who_leaves_stops_nothing()
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(FaultKind.Slow, Operation.Confirm, paymentKey: key, seconds: 1);
        using var leave = new CancellationTokenSource();
        var confirming = shop
            .Service.CreateClientFor(_order.UserId)
            .PostAsJsonAsync(
                "/api/payments/confirm",
                new
                {
                    paymentKey = key,
                    orderId = _order.Number,
                    amount = _order.Total,
                },
                leave.Token
            );
        await CardShop.WaitAsync(() => Task.FromResult(_order.Held), () => "The order is not held.");

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => confirming);
        await CardShop.WaitForOrderAsync(_order, "CONFIRMED");
        Assert.Equal(1, Assert.Single(await shop.AttemptsAsync(_order)).Try);
    }

    [Fact]
    public async Task A_key_that_Toss_does_not_know_is_an_expired_payment() =>
        await shop.ConfirmAsync(_order, "tgen_nosuchkey").ProblemAsync(HttpStatusCode.Conflict, "payment_expired");

    [Fact]
    public async Task The_storefront_learns_the_client_key_without_signing_in()
    {
        var client = await shop.Service.CreateAnonymousClient().GetAsync("/api/payments/client").JsonAsync();

        Assert.Equal(shop.Toss.ClientKey, client.GetProperty("clientKey").GetString());
        Assert.Equal("https://js.tosspayments.com/v2/standard", client.GetProperty("scriptUrl").GetString());
    }

    [Fact]
    public async Task No_secret_is_in_any_line_of_the_log_not_even_at_trace()
    {
        var key = await AuthorizeAsync();
        await shop.Toss.AddFaultAsync(FaultKind.ErrorOnce, Operation.Confirm, paymentKey: key);
        await shop.ConfirmAsync(_order, key).JsonAsync(HttpStatusCode.Accepted);
        await shop.WaitForPaymentAsync(_order, "COMPLETED");

        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{shop.Toss.SecretKey}:"));
        Assert.Contains(shop.Service.Log, line => line.Contains("Toss trace", StringComparison.Ordinal));
        Assert.DoesNotContain(
            shop.Service.Log,
            line =>
                line.Contains(shop.Toss.SecretKey, StringComparison.Ordinal)
                || line.Contains(encoded, StringComparison.Ordinal)
        );
    }

    /// <summary>A shop of its own, whose clock may be moved.</summary>
    private sealed class LateShop : IAsyncDisposable
    {
        public CardShop Shop { get; } = new();

        public static async Task<LateShop> StartAsync()
        {
            var late = new LateShop();
            await late.Shop.InitializeAsync();
            return late;
        }

        public async ValueTask DisposeAsync() => await Shop.DisposeAsync();
    }
}
