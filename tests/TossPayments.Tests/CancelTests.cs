using MsaShop.Testing;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class CancelTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    [Fact]
    public async Task Parts_add_up_to_the_whole()
    {
        var order = NewOrder();
        var key = await _toss.PayAsync(order, 11_000);

        var first = await _toss.CancelAsync(key, new { cancelReason = "one", cancelAmount = 1_000 }).JsonAsync();
        var second = await _toss.CancelAsync(key, new { cancelReason = "rest" }).JsonAsync();

        Assert.Equal(("PARTIAL_CANCELED", 10_000), (first.Text("status"), first.Number("balanceAmount")));
        Assert.Equal((9_091, 909), (first.Number("suppliedAmount"), first.Number("vat")));
        Assert.Equal(
            ("CANCELED", 0, 11_000),
            (second.Text("status"), second.Number("balanceAmount"), second.Number("totalAmount"))
        );
        var cancels = second.GetProperty("cancels").EnumerateArray().ToList();
        Assert.Equal([1_000, 10_000], cancels.Select(cancel => cancel.Number("cancelAmount")));
        Assert.Equal([10_000, 0], cancels.Select(cancel => cancel.Number("refundableAmount")));
        Assert.Equal(second.Text("lastTransactionKey"), cancels[1].Text("transactionKey"));
        Assert.All(cancels, cancel => Assert.Equal("DONE", cancel.Text("cancelStatus")));

        await _toss.CancelAsync(key, new { cancelReason = "again" }).ErrorAsync(400, "ALREADY_CANCELED_PAYMENT");
    }

    [Fact]
    public async Task The_guard_stops_a_refund_made_twice()
    {
        var key = await _toss.PayAsync(NewOrder(), 10_000);
        var body = new
        {
            cancelReason = "part",
            cancelAmount = 4_000,
            refundableAmount = 10_000,
        };

        await _toss.CancelAsync(key, body).JsonAsync();
        await _toss.CancelAsync(key, body).ErrorAsync(400, "NOT_MATCHES_REFUNDABLE_AMOUNT");

        Assert.Equal(6_000, (await _toss.PaymentAsync(key)).BalanceAmount);
    }

    [Fact]
    public async Task Parallel_parts_never_exceed_the_whole()
    {
        var key = await _toss.PayAsync(NewOrder(), 10_000);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => _toss.CancelAsync(key, new { cancelReason = "part", cancelAmount = 3_000 }))
        );

        Assert.Equal(3, answers.Count(answer => answer.IsSuccessStatusCode));
        Assert.Equal(1_000, (await _toss.PaymentAsync(key)).BalanceAmount);
    }

    [Fact]
    public async Task What_cannot_be_cancelled_is_not()
    {
        var key = await _toss.PayAsync(NewOrder(), 10_000);
        await _toss.CancelAsync(key, new { }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.CancelAsync(key, new { cancelReason = "" }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.CancelAsync(key, new { cancelReason = new string('x', 201) }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.CancelAsync(key, new { cancelReason = "x", cancelAmount = 0 }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.CancelAsync(key, new { cancelReason = "x", cancelAmount = "1" }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.CancelAsync(key, new { cancelReason = "x", currency = "USD" }).ErrorAsync(400, "INVALID_REQUEST");
        await _toss
            .CancelAsync(key, new { cancelReason = "x", cancelAmount = 10_001 })
            .ErrorAsync(403, "NOT_CANCELABLE_AMOUNT");
        await _toss.CancelAsync("nothing", new { cancelReason = "x" }).ErrorAsync(404, "NOT_FOUND_PAYMENT");
        Assert.Empty((await _toss.PaymentAsync(key)).Cancels);

        var unpaid = await _toss.AuthorizeAsync(NewOrder(), 10_000);
        await _toss.CancelAsync(unpaid, new { cancelReason = "x" }).ErrorAsync(403, "NOT_CANCELABLE_PAYMENT");
    }

    [Fact]
    public async Task A_payment_may_be_refundable_only_as_a_whole()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 10_000, partialCancelable: false);
        await _toss.ConfirmAsync(key, order, 10_000).JsonAsync();

        await _toss
            .CancelAsync(key, new { cancelReason = "x", cancelAmount = 1 })
            .ErrorAsync(403, "NOT_ALLOWED_PARTIAL_REFUND");
        await _toss.CancelAsync(key, new { cancelReason = "x", cancelAmount = 10_000 }).JsonAsync();

        Assert.Equal(PaymentStatus.Canceled, (await _toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task Transactions_tell_every_movement_page_by_page()
    {
        await using var toss = await TossSimulator.StartAsync();
        var key = await toss.PayAsync(NewOrder(), 10_000);
        await toss.CancelAsync(key, new { cancelReason = "x", cancelAmount = 4_000 }).JsonAsync();
        await toss.CancelAsync(key, new { cancelReason = "x" }).JsonAsync();
        const string Span = "/v1/transactions?startDate=2020-01-01T00:00:00&endDate=2099-12-31T23:59:59.999";

        var first = await toss.Client.GetAsync($"{Span}&limit=2").JsonAsync();
        var last = first[1].Text("transactionKey");
        var second = await toss.Client.GetAsync($"{Span}&limit=2&startingAfter={last}").JsonAsync();

        var all = first.EnumerateArray().Concat(second.EnumerateArray()).ToList();
        Assert.Equal(["DONE", "PARTIAL_CANCELED", "CANCELED"], all.Select(transaction => transaction.Text("status")));
        Assert.Equal([10_000, -4_000, -6_000], all.Select(transaction => transaction.Number("amount")));
        await toss.Client.GetAsync($"{Span}&startingAfter=nothing").ErrorAsync(400, "INVALID_TRANSACTION_KEY");
        await toss.Client.GetAsync("/v1/transactions").ErrorAsync(400, "INVALID_REQUEST");
        await toss.Client.GetAsync($"{Span}&limit=5001").ErrorAsync(400, "INVALID_REQUEST");
    }
}
