using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using MsaShop.Testing;
using MsaShop.TossPayments.Checkout;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class CheckoutTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    [Fact]
    public async Task Paying_leads_back_to_the_shop_with_all_it_needs()
    {
        var payment = await OpenAsync();

        var query = await DecideAsync(payment, ("action", "pay"), ("card", "61"), ("installments", "3"));

        Assert.Equal("https://shop.test/success", query.Address);
        Assert.Equal(payment.PaymentKey, query["paymentKey"]);
        Assert.Equal((payment.OrderId, "50000", "NORMAL"), (query["orderId"], query["amount"], query["paymentType"]));
        Assert.Equal("kept", query["from"]);
        var card = (await _toss.ConfirmAsync(payment.PaymentKey, payment.OrderId, 50_000).JsonAsync()).GetProperty(
            "card"
        );
        Assert.Equal(("61", 3), (card.Text("issuerCode"), card.Number("installmentPlanMonths")));
    }

    [Fact]
    public async Task Cancelling_leads_back_and_changes_nothing()
    {
        var payment = await OpenAsync();

        var query = await DecideAsync(payment, ("action", "cancel"));

        Assert.Equal("https://shop.test/fail", query.Address);
        Assert.Equal(("PAY_PROCESS_CANCELED", payment.OrderId), (query["code"], query["orderId"]));
        Assert.NotEmpty(query["message"]);
        Assert.Equal(PaymentStatus.Ready, (await _toss.PaymentAsync(payment.PaymentKey)).Status);

        await _toss.AddFaultAsync(FaultKind.FailUrlWithoutOrderId, paymentKey: payment.PaymentKey);
        Assert.Equal("", (await DecideAsync(payment, ("action", "cancel")))["orderId"]);
    }

    [Fact]
    public async Task The_card_company_may_refuse_in_the_window_or_at_the_confirm()
    {
        var inWindow = await OpenAsync();
        Assert.Equal("REJECT_CARD_COMPANY", (await DecideAsync(inWindow, ("action", "refuse")))["code"]);
        Assert.Equal(PaymentStatus.Aborted, (await _toss.PaymentAsync(inWindow.PaymentKey)).Status);

        var atConfirm = await OpenAsync();
        await DecideAsync(atConfirm, ("action", "pay"), ("refuseWith", "INVALID_STOPPED_CARD"));
        await _toss
            .ConfirmAsync(atConfirm.PaymentKey, atConfirm.OrderId, 50_000)
            .ErrorAsync(400, "INVALID_STOPPED_CARD");
    }

    [Fact]
    public async Task The_window_speaks_both_languages_and_encodes_what_the_shop_says()
    {
        var payment = await OpenAsync(name: "<b>생수</b> & 외 1건");

        var korean = await _toss.Client.GetStringAsync($"/sim/checkout/{payment.PaymentKey}?lang=ko");
        var english = await _toss.Client.GetStringAsync($"/sim/checkout/{payment.PaymentKey}?lang=en");

        Assert.Contains("카드를 선택하세요", WebUtility.HtmlDecode(korean), StringComparison.Ordinal);
        Assert.Contains("Choose a card", english, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_can_be_used_once()
    {
        var payment = await OpenAsync();
        await DecideAsync(payment, ("action", "pay"));

        using var again = await PostAsync(payment, ("action", "pay"));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("role=\"status\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_embedded_window_tells_the_page_and_does_not_leave()
    {
        var payment = await _toss.OpenAsync(
            new NewPayment(
                _toss.ClientKey,
                NewOrder(),
                "Test",
                new Amount("KRW", 1_000),
                EmbeddedBy: "https://shop.test"
            )
        );

        using var answer = await PostAsync(payment, ("action", "pay"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("data-embedded-by=\"https://shop.test\"", page, StringComparison.Ordinal);
        Assert.Contains(payment.PaymentKey, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_checks_everything()
    {
        var good = new
        {
            clientKey = _toss.ClientKey,
            orderId = NewOrder(),
            orderName = "Test",
            amount = new { currency = "KRW", value = 1_000m },
        };
        await _toss
            .PostAsync("/sim/payments", good with { clientKey = "test_ck_other" })
            .ProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED_KEY");
        await _toss
            .PostAsync("/sim/payments", good with { amount = new { currency = "KRW", value = 99m } })
            .ProblemAsync(HttpStatusCode.BadRequest, "BELOW_MINIMUM_AMOUNT");
        await _toss.PostAsync("/sim/payments", good with { orderId = "a=b c" }).InvalidAsync("orderId");
        await _toss.PostAsync("/sim/payments", good with { orderName = "" }).InvalidAsync("orderName");
        await _toss
            .PostAsync("/sim/payments", good with { amount = new { currency = "USD", value = 1_000m } })
            .InvalidAsync("amount");
        await _toss
            .PostAsync("/sim/payments", good with { amount = new { currency = "KRW", value = 100.5m } })
            .InvalidAsync("amount");
        await _toss.PostAsync("/sim/payments", new { }).InvalidAsync("clientKey", "orderId", "orderName", "amount");
    }

    [Fact]
    public async Task Windows_and_sessions_end_in_time()
    {
        await using var toss = await TossSimulator.StartAsync();
        var order = NewOrder();
        var window = await toss.OpenAsync(new NewPayment(toss.ClientKey, order, "Test", new Amount("KRW", 1_000)));
        var session = await toss.AuthorizeAsync(NewOrder(), 1_000);

        await toss.AdvanceAsync(TimeSpan.FromMinutes(9.5));
        Assert.Equal(PaymentStatus.InProgress, (await toss.PaymentAsync(session)).Status);
        await toss.AdvanceAsync(TimeSpan.FromMinutes(0.5));
        Assert.Equal(PaymentStatus.Expired, (await toss.PaymentAsync(session)).Status);
        Assert.Equal(PaymentStatus.Ready, (await toss.PaymentAsync(window.PaymentKey)).Status);
        await toss.AdvanceAsync(TimeSpan.FromMinutes(20));

        var expired = await toss.Client.GetAsync($"/v1/payments/{window.PaymentKey}").JsonAsync();
        Assert.Equal("EXPIRED", expired.Text("status"));
        Assert.Equal("EXPIRED_PAYMENT", expired.GetProperty("failure").Text("code"));
        await toss.ConfirmAsync(window.PaymentKey, order, 1_000).ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");
    }

    [Fact]
    public async Task A_payment_that_is_not_authenticated_cannot_be_confirmed()
    {
        var payment = await OpenAsync();

        await _toss
            .ConfirmAsync(payment.PaymentKey, payment.OrderId, 50_000)
            .ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");
    }

    private Task<OpenedPayment> OpenAsync(string name = "Test") =>
        _toss.OpenAsync(
            new NewPayment(
                _toss.ClientKey,
                NewOrder(),
                name,
                new Amount("KRW", 50_000),
                SuccessUrl: "https://shop.test/success?from=kept",
                FailUrl: "https://shop.test/fail"
            )
        );

    private async Task<Redirect> DecideAsync(OpenedPayment payment, params (string, string)[] form)
    {
        using var answer = await PostAsync(payment, form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new Redirect(answer.Headers.Location!);
    }

    private async Task<HttpResponseMessage> PostAsync(OpenedPayment payment, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.ToDictionary(field => field.Name, field => field.Value));
        return await _toss.Client.PostAsync(payment.CheckoutUrl, content);
    }

    private sealed class Redirect(Uri location)
    {
        private readonly Dictionary<string, Microsoft.Extensions.Primitives.StringValues> _query =
            QueryHelpers.ParseQuery(location.Query);

        public string Address => location.GetLeftPart(UriPartial.Path);

        public string this[string name] => _query.GetValueOrDefault(name).ToString();
    }
}
