using System.Diagnostics;
using System.Net;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Testing;
using MsaShop.TossPayments.Webhooks;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private WebhookReceiver _shop = null!;
    private TossSimulator _toss = null!;

    public async Task InitializeAsync()
    {
        _shop = await WebhookReceiver.StartAsync();
        _toss = await TossSimulator.StartAsync(webhookUrl: _shop.Url);
    }

    public async Task DisposeAsync()
    {
        await _toss.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Every_change_after_the_window_is_told_in_order_with_the_secret()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 3_000);
        var payment = await _toss.ConfirmAsync(key, order, 3_000).JsonAsync();
        await _toss.CancelAsync(key, new { cancelReason = "x", cancelAmount = 1_000 }).JsonAsync();
        await _toss.CancelAsync(key, new { cancelReason = "x" }).JsonAsync();

        var webhooks = await _shop.WaitForAsync(3);

        Assert.Equal(["DONE", "PARTIAL_CANCELED", "CANCELED"], webhooks.Select(webhook => webhook.Status));
        Assert.Equal(3, webhooks.Select(webhook => webhook.TransmissionId).Distinct().Count());
        Assert.All(webhooks, webhook => Assert.Equal("PAYMENT_STATUS_CHANGED", webhook.Body.Text("eventType")));
        Assert.All(
            webhooks,
            webhook => Assert.Equal(payment.Text("secret"), webhook.Body.GetProperty("data").Text("secret"))
        );
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$", webhooks[0].Body.Text("createdAt"));
    }

    [Fact]
    public async Task A_failed_webhook_is_sent_again_after_1_4_and_16_minutes_with_the_same_id()
    {
        _shop.Answer = HttpStatusCode.InternalServerError;
        await _toss.PayAsync(NewOrder(), 1_000);
        await _shop.WaitForAsync(1);

        foreach (var (minutes, retried) in new[] { (1, 1), (4, 2), (16, 3) })
        {
            await AttemptedAsync(retried);
            var planned = (await _toss.WebhooksAsync()).Single().NextAttemptAt;
            var now = (await _toss.Client.GetAsync("/sim/clock").JsonAsync()).GetProperty("now").GetDateTime();
            Assert.InRange(planned - now, TimeSpan.FromMinutes(minutes - 0.9), TimeSpan.FromMinutes(minutes));

            await _toss.AdvanceAsync(TimeSpan.FromMinutes(minutes));
            await _shop.WaitForAsync(retried + 1);
        }

        _shop.Answer = HttpStatusCode.OK;
        await AttemptedAsync(4);
        await _toss.AdvanceAsync(TimeSpan.FromMinutes(64));
        var webhooks = await _shop.WaitForAsync(5);

        Assert.Single(webhooks.Select(webhook => webhook.TransmissionId).Distinct());
        Assert.Equal([0, 1, 2, 3, 4], webhooks.Select(webhook => webhook.RetriedCount));
        await AttemptedAsync(5);
        Assert.Equal(WebhookState.Delivered, (await _toss.WebhooksAsync()).Single().State);
    }

    [Fact]
    public async Task After_seven_retries_it_gives_up()
    {
        await using var impatient = await TossSimulator.StartAsync(
            webhookUrl: _shop.Url,
            settings: "--Simulator:RetryMinute=00:00:00.0001"
        );
        _shop.Answer = HttpStatusCode.BadGateway;
        await impatient.PayAsync(NewOrder(), 1_000);

        var webhooks = await _shop.WaitForAsync(8);

        Assert.Equal(Enumerable.Range(0, 8), webhooks.Select(webhook => webhook.RetriedCount));
        await UntilAsync(async () => (await impatient.WebhooksAsync()).Single().State == WebhookState.Failed);
    }

    [Fact]
    public async Task Faults_duplicate_reorder_and_hold_back()
    {
        var (duplicated, reordered, held) = (NewOrder(), NewOrder(), NewOrder());
        await _toss.AddFaultAsync(FaultKind.Duplicate, orderId: duplicated);
        await _toss.AddFaultAsync(FaultKind.Reorder, orderId: reordered, seconds: 600);
        await _toss.AddFaultAsync(FaultKind.Hold, orderId: held);

        await _toss.PayAsync(held, 1_000);
        var key = await _toss.PayAsync(reordered, 1_000);
        await _toss.PayAsync(duplicated, 1_000);
        var twice = await _shop.WaitForAsync(2);
        Assert.Single(twice.Select(webhook => webhook.TransmissionId).Distinct());

        await _toss.CancelAsync(key, new { cancelReason = "x" }).JsonAsync();
        var overtaken = (await _shop.WaitForAsync(4)).Skip(2);
        Assert.Equal(["CANCELED", "DONE"], overtaken.Select(webhook => webhook.Status));

        Assert.Equal(WebhookState.Held, (await _toss.WebhooksAsync(held)).Single().State);
        await _toss.ReleaseWebhooksAsync(held);
        Assert.Equal(held, (await _shop.WaitForAsync(5))[4].Body.GetProperty("data").Text("orderId"));
    }

    [Fact]
    public async Task A_webhook_that_arrived_can_be_sent_again()
    {
        await _toss.PayAsync(NewOrder(), 1_000);
        await _shop.WaitForAsync(1);
        await AttemptedAsync(1);

        await _toss.ResendWebhookAsync((await _toss.WebhooksAsync()).Single().Id);

        Assert.Single((await _shop.WaitForAsync(2)).Select(webhook => webhook.TransmissionId).Distinct());
        await _toss.PostAsync("/sim/webhooks/999/resend", new { }).ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_simulator_restarts()
    {
        await _toss.SendWebhooksToAsync(new Uri("http://127.0.0.1:1/nobody"));
        var key = await _toss.PayAsync(NewOrder(), 1_000);
        await AttemptedAsync(1);
        await _toss.SendWebhooksToAsync(_shop.Url);

        await _toss.StopAsync();
        await _toss.StartAgainAsync();
        await _toss.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(key, (await _shop.WaitForAsync(1)).Single().PaymentKey);
    }

    [Fact]
    public async Task A_webhook_belongs_to_the_trace_that_caused_it()
    {
        // As where a collector is: without one no traces are made.
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        using var click = new Activity("click") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        click.Start();

        await _toss.ConfirmAsync(key, order, 1_000).JsonAsync();

        Assert.Contains(
            click.TraceId.ToString(),
            (await _shop.WaitForAsync(1)).Single().TraceParent,
            StringComparison.Ordinal
        );
    }

    private Task AttemptedAsync(int attempts) =>
        UntilAsync(async () => (await _toss.WebhooksAsync()).Single().Attempts == attempts);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
