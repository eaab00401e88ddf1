using System.Diagnostics;

namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>Looks at traces as they come in.</summary>
internal static class TraceExtensions
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until each of these has a part in the trace; what is not there in 20 s fails the test.</summary>
    public static Task WaitForTraceAsync(this ShopFixture shop, string trace, params string[] services) =>
        shop.WaitForSpansAsync(
            trace,
            string.Join(", ", services),
            spans => !services.Except(spans.Select(span => span.Service)).Any()
        );

    /// <summary>Waits until the trace has spans like this; what is not there in 20 s fails the test.</summary>
    public static async Task WaitForSpansAsync(
        this ShopFixture shop,
        string trace,
        string wanted,
        Func<IReadOnlyList<Span>, bool> areThere
    )
    {
        var watch = Stopwatch.StartNew();
        while (!areThere(shop.Telemetry.SpansOf(trace)))
        {
            Assert.True(
                watch.Elapsed < s_limit,
                $"The trace has no {wanted}:\n{string.Join('\n', shop.Telemetry.SpansOf(trace))}"
            );
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until each of these has been made; what has not in 20 s fails the test.</summary>
    public static async Task WaitForCallsAsync(this ShopFixture shop, IEnumerable<Call> calls)
    {
        var watch = Stopwatch.StartNew();
        var wanted = calls.ToHashSet();
        Assert.NotEmpty(wanted);
        while (wanted.Except(shop.Calls()).ToList() is { Count: > 0 } missing)
        {
            Assert.True(watch.Elapsed < s_limit, $"No trace shows {string.Join(", ", missing)}.");
            await Task.Delay(100);
        }
    }
}
