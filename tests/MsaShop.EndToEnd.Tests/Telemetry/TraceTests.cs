using System.Diagnostics;
using System.Net;
using MsaShop.EndToEnd.Tests.Crashes;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>A shopper's click is one trace, through every service and every outbox to the last effect.</summary>
[Collection(CrashCollection.Name)]
public sealed class TraceTests(CrashFixture shop)
{
    [Fact]
    public async Task A_card_payment_is_one_trace()
    {
        var scenario = await Scenario.AuthenticatedAsync(shop);

        var trace = await TraceAsync(scenario, scenario.ConfirmAsync);

        await shop.WaitForTraceAsync(trace, "gateway-svc", "payment-svc", TossSimulator.Name, "order-svc");
    }

    /// <summary>The cancel of a paid order: the stock goes back by one outbox, the money by an event and another.</summary>
    [Fact]
    public async Task A_cancel_is_one_trace_with_the_refund_that_follows()
    {
        var scenario = await Scenario.PaidAsync(shop);
        await shop.SettleAsync();

        var trace = await TraceAsync(scenario, scenario.CancelAsync);

        await shop.WaitForTraceAsync(
            trace,
            "gateway-svc",
            "order-svc",
            "product-svc",
            "payment-svc",
            TossSimulator.Name
        );
    }

    /// <summary>payment-svc looks for events every second, the outboxes for messages.</summary>
    [Fact]
    public async Task Looking_whether_there_is_something_to_do_is_no_trace()
    {
        await Scenario.PaidAsync(shop);
        await shop.SettleAsync();

        Assert.NotEmpty(shop.Telemetry.Spans);
        Assert.DoesNotContain(
            shop.Telemetry.Spans,
            span => span.Name.Contains("/internal/orders/events", StringComparison.Ordinal)
        );
    }

    private async Task<string> TraceAsync(Scenario scenario, Func<Task<Answer>> act)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var headers = scenario.Shopper.Http.DefaultRequestHeaders;
        headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        try
        {
            Scenario.Expect(HttpStatusCode.OK, await act());
        }
        finally
        {
            headers.Remove("traceparent");
        }

        await shop.SettleAndCheckAsync();
        return trace;
    }
}
