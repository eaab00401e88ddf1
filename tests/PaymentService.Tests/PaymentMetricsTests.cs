using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>With one replica, which therefore counts everything.</summary>
public sealed class PaymentMetricsTests(PaymentGraph graph) : IClassFixture<PaymentGraph>
{
    [Fact]
    public async Task Transfers_that_come_through_either_door_or_not_at_all_are_counted()
    {
        using var moved = new MetricCollector<long>(
            graph.Shop.Services.GetRequiredService<IMeterFactory>(),
            "MsaShop.Payments",
            "msashop.payments.moved"
        );
        var (deposited, confirmed, cancelled) = (graph.Orders.Place(), graph.Orders.Place(), graph.Orders.Place());

        await graph.Admin.PostAsync($"/api/payments/orders/{deposited.Id}/deposit", null).JsonAsync();
        graph.Orders.Move(confirmed.Id, OrderStatus.Confirmed);
        graph.Orders.Move(cancelled.Id, OrderStatus.Cancelled);
        await graph.WaitAsync(confirmed.Id, PaymentStatus.Completed);
        await graph.WaitAsync(cancelled.Id, PaymentStatus.Failed);
        await PaymentGraph.WaitAsync(
            () => Task.FromResult(moved.GetMeasurementSnapshot().Count == 3),
            () => $"{moved.GetMeasurementSnapshot().Count} moves were counted, not 3."
        );

        var snapshot = moved.GetMeasurementSnapshot();
        Assert.All(snapshot, measurement => Assert.Equal("BANK_TRANSFER", measurement.Tags["method"]));
        Assert.Equal(["COMPLETED", "COMPLETED", "FAILED"], snapshot.Select(m => (string?)m.Tags["status"]).Order());
    }
}
