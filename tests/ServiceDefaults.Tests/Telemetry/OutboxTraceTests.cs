using System.Diagnostics;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Tests.Outbox;

namespace MsaShop.ServiceDefaults.Tests.Telemetry;

[Collection(SpanCollection.Name)]
public class OutboxTraceTests
{
    private static readonly ActivitySource s_source = new("MsaShop.Tests.Outbox");

    [Fact]
    public async Task One_trace_leads_from_the_cause_to_the_effect_and_looking_leaves_none()
    {
        using var spans = new Spans();
        var effect = new TaskCompletionSource<(ActivityTraceId, string?)>();
        await using var host = await OutboxHost.CreateAsync(
            (_, _) =>
            {
                effect.TrySetResult((Activity.Current!.TraceId, Activity.Current.TraceStateString));
                return Task.FromResult(Delivery.Done);
            },
            configure: spans.AddTo,
            settings: [Spans.Collector, ("Outbox:PollingInterval", "00:00:00.010")]
        );
        await host.StartAsync();

        ActivityTraceId trace;
        ActivitySpanId span;
        using (var cause = s_source.StartActivity("click"))
        {
            cause!.TraceStateString = "shop=1";
            (trace, span) = (cause.TraceId, cause.SpanId);
            await host.EnqueueAsync(1);
        }

        Assert.Equal((trace, "shop=1"), await effect.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        await host.StopAsync();

        var delivery = Assert.Single(spans.All, activity => activity.Source.Name == "MsaShop.Outbox");
        Assert.Equal((trace, span), (delivery.TraceId, delivery.ParentSpanId));
        Assert.Equal((ActivityKind.Consumer, "outbox send-parcel"), (delivery.Kind, delivery.DisplayName));
        Assert.Equal("DONE", delivery.GetTagItem("msashop.outbox.outcome"));
        Assert.Contains(spans.All, activity => activity.ParentSpanId == delivery.SpanId);
        Assert.All(spans.All, activity => Assert.Equal(trace, activity.TraceId));
    }
}
