using System.Text.Json;
using MsaShop.Testing;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class ConfirmTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    [Fact]
    public async Task Confirm_takes_the_money_and_tells_every_field()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 50_000);

        var payment = await _toss.ConfirmAsync(key, order, 50_000).JsonAsync();

        string[] fields =
        [
            "version",
            "paymentKey",
            "type",
            "orderId",
            "orderName",
            "mId",
            "currency",
            "method",
            "totalAmount",
            "balanceAmount",
            "status",
            "requestedAt",
            "approvedAt",
            "useEscrow",
            "lastTransactionKey",
            "suppliedAmount",
            "vat",
            "cultureExpense",
            "taxFreeAmount",
            "taxExemptionAmount",
            "cancels",
            "isPartialCancelable",
            "card",
            "virtualAccount",
            "secret",
            "mobilePhone",
            "giftCertificate",
            "transfer",
            "metadata",
            "receipt",
            "checkout",
            "easyPay",
            "country",
            "failure",
            "cashReceipt",
            "cashReceipts",
            "discount",
        ];
        Assert.Empty(fields.Except(payment.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(
            ("DONE", key, order),
            (payment.Text("status"), payment.Text("paymentKey"), payment.Text("orderId"))
        );
        Assert.Equal((50_000, 50_000), (payment.Number("totalAmount"), payment.Number("balanceAmount")));
        Assert.Equal((45_455, 4_545), (payment.Number("suppliedAmount"), payment.Number("vat")));
        Assert.Equal("카드", payment.Text("method"));
        Assert.EndsWith("+09:00", payment.Text("approvedAt"), StringComparison.Ordinal);
        Assert.NotEmpty(payment.Text("secret"));
        Assert.Equal(JsonValueKind.Null, payment.GetProperty("cancels").ValueKind);
        Assert.Equal("41", payment.GetProperty("card").Text("issuerCode"));
    }

    [Fact]
    public async Task Both_lookups_find_it_and_keep_the_secret()
    {
        var order = NewOrder();
        var key = await _toss.PayAsync(order, 1_000);

        foreach (var path in new[] { $"/v1/payments/{key}", $"/v1/payments/orders/{order}" })
        {
            var payment = await _toss.Client.GetAsync(path).JsonAsync();
            Assert.Equal((key, "DONE"), (payment.Text("paymentKey"), payment.Text("status")));
            Assert.Equal(JsonValueKind.Null, payment.GetProperty("secret").ValueKind);
        }
    }

    [Fact]
    public async Task Unknown_payments_are_not_found()
    {
        await _toss.Client.GetAsync("/v1/payments/nothing").ErrorAsync(404, "NOT_FOUND_PAYMENT");
        await _toss.Client.GetAsync("/v1/payments/orders/nothing").ErrorAsync(404, "NOT_FOUND_PAYMENT");
        await _toss.Client.GetAsync("/v1/nothing").ErrorAsync(404, "NOT_FOUND");
        await _toss.ConfirmAsync("nothing", NewOrder(), 1_000).ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");
    }

    [Fact]
    public async Task Confirm_wants_the_same_order_and_amount_and_changes_nothing_otherwise()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);

        await _toss.ConfirmAsync(key, order, 999).ErrorAsync(400, "INVALID_REQUEST");
        await _toss.ConfirmAsync(key, NewOrder(), 1_000).ErrorAsync(400, "INVALID_REQUEST");

        Assert.Equal(PaymentStatus.InProgress, (await _toss.PaymentAsync(key)).Status);
        await _toss.ConfirmAsync(key, order, 1_000).JsonAsync();
    }

    [Theory]
    [InlineData(null, "order-1", 1000)]
    [InlineData("key", null, 1000)]
    [InlineData("key", "short", 1000)]
    [InlineData("key", "has space", 1000)]
    [InlineData("key", "order-1\n", 1000)]
    [InlineData("key", "order=1", 1000)]
    [InlineData("key", "order-1", 0)]
    [InlineData("key", "order-1", -1)]
    [InlineData("key", "order-1", 0.5)]
    [InlineData("key", "order-1", "1000")]
    [InlineData("key", "order-1", null)]
    public async Task Confirm_checks_its_fields(string? key, string? order, object? amount) =>
        await _toss.ConfirmAsync(key, order, amount).ErrorAsync(400, "INVALID_REQUEST");

    [Fact]
    public async Task Confirm_wants_a_json_object()
    {
        foreach (var body in new[] { "", "{", "[]", "1" })
        {
            using var content = new StringContent(body, mediaType: new("application/json"));
            await _toss.Client.PostAsync("/v1/payments/confirm", content).ErrorAsync(400, "INVALID_REQUEST");
        }
    }

    [Fact]
    public async Task A_refused_card_aborts_the_payment()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000, refuseWith: "REJECT_CARD_PAYMENT");

        var message = await _toss.ConfirmAsync(key, order, 1_000).ErrorAsync(403, "REJECT_CARD_PAYMENT");

        var payment = await _toss.Client.GetAsync($"/v1/payments/{key}").JsonAsync();
        Assert.Equal("ABORTED", payment.Text("status"));
        Assert.Equal(message, payment.GetProperty("failure").Text("message"));
        await _toss.ConfirmAsync(key, order, 1_000).ErrorAsync(400, "ALREADY_PROCESSED_PAYMENT");
    }

    [Fact]
    public async Task Of_parallel_confirms_one_is_done_and_the_others_come_too_late()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _toss.ConfirmAsync(key, order, 1_000)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await Task.FromResult(answer).ErrorAsync(400, "ALREADY_PROCESSED_PAYMENT");
        }
    }

    [Fact]
    public async Task English_is_spoken_on_request()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);

        var payment = await _toss.ConfirmAsync(key, order, 1_000, language: "en-US").JsonAsync();
        var message = await _toss
            .ConfirmAsync(key, order, 1_000, language: "en-US")
            .ErrorAsync(400, "ALREADY_PROCESSED_PAYMENT");

        Assert.Equal(("Card", "Credit"), (payment.Text("method"), payment.GetProperty("card").Text("cardType")));
        Assert.Equal("This is a payment that has already been processed.", message);
    }
}
