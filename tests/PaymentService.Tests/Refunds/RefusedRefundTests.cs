using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;

namespace MsaShop.PaymentService.Tests.Refunds;

/// <summary>A refund that Toss refuses waits for an admin, who sees why and has it tried again.</summary>
public sealed class RefusedRefundTests : IAsyncLifetime
{
    private const string Code = "REFUND_REJECTED";

    private readonly PaymentGraph _graph = new();

    public Task InitializeAsync() => _graph.InitializeAsync();

    public Task DisposeAsync() => _graph.DisposeAsync();

    [Fact]
    public async Task It_is_queued_with_its_reason_and_counted_until_it_has_been_tried_again()
    {
        using var refused = new MetricCollector<long>(
            _graph.Shop.Services.GetRequiredService<IMeterFactory>(),
            RefundMetrics.MeterName,
            "msashop.refunds.refused"
        );
        var payment = await RefuseAsync();

        var waiting = Assert.Single(await ListAsync());
        Assert.Equal(
            (payment.OrderNumber, 30_000, "FAILED", Code),
            (
                waiting.GetProperty("orderNumber").GetString(),
                waiting.GetProperty("amount").GetInt32(),
                waiting.GetProperty("status").GetString(),
                waiting.GetProperty("tossCode").GetString()
            )
        );
        Assert.NotEmpty(waiting.GetProperty("tossMessage").GetString()!);
        Assert.Equal(1, await MeasureAsync(refused));

        var tried = await RetryAsync(waiting).JsonAsync();

        Assert.Equal("COMPLETED", tried.GetProperty("status").GetString());
        Assert.Empty(await ListAsync());
        Assert.Equal(0, await MeasureAsync(refused));
        Assert.Equal(PaymentStatus.Refunded, (await _graph.FindAsync(payment.OrderId))!.Status);
        await _graph.RefundedAtTossAsync(payment, 30_000);
        // And once more does nothing.
        Assert.Equal("COMPLETED", (await RetryAsync(waiting).JsonAsync()).GetProperty("status").GetString());
        await _graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task Refused_again_it_waits_again()
    {
        var payment = await RefuseAsync();
        await RefuseOnceAsync(payment);

        var problem = await RetryAsync(Assert.Single(await ListAsync()))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");

        Assert.Equal(Code, problem.GetProperty("tossCode").GetString());
        await RetryAsync(Assert.Single(await ListAsync())).JsonAsync();
        await _graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task Many_who_try_it_again_at_once_give_it_back_once()
    {
        _graph.AddReplica();
        var payment = await RefuseAsync();
        var waiting = Assert.Single(await ListAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RetryAsync(waiting)));

        Assert.All(
            answers,
            answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted })
        );
        await _graph.WaitAsync(payment.OrderId, PaymentStatus.Refunded);
        await _graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task What_went_back_otherwise_waits_no_more()
    {
        var payment = await RefuseAsync();
        var waiting = Assert.Single(await ListAsync());

        await _graph.RefundAsync(payment).JsonAsync();

        Assert.Empty(await ListAsync());
        await RetryAsync(waiting).ProblemAsync(HttpStatusCode.Conflict, "not_refundable");
        await _graph.RefundedAtTossAsync(payment, 30_000);
    }

    [Fact]
    public async Task The_order_s_end_does_not_ask_Toss_again_for_what_it_has_just_refused()
    {
        var payment = await _graph.AddCardPaymentAsync();
        await RefuseOnceAsync(payment);

        await _graph.RefundAsync(payment).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refund_refused");
        await _graph.ReadFeedToEndAsync();

        Assert.Equal(OrderStatus.Cancelled, _graph.Orders[payment.OrderId].Status);
        Assert.Single(await ListAsync());
        Assert.Single((await _graph.FindAsync(payment.OrderId))!.Refunds);
        await _graph.RefundedAtTossAsync(payment);
    }

    [Fact]
    public async Task Only_a_refund_that_there_is_can_be_tried_again()
    {
        await _graph
            .Admin.PostAsync("/api/payments/refunds/987654321/retry", null)
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    /// <summary>A cancelled order's payment, whose refund Toss has refused once.</summary>
    private async Task<Payment> RefuseAsync()
    {
        var payment = await _graph.AddCardPaymentAsync();
        await RefuseOnceAsync(payment);
        _graph.Orders.Move(payment.OrderId, OrderStatus.Cancelled, PaymentActor.Customer, payment.UserId);
        await _graph.WaitAsync(payment.OrderId, p => p.Refunds.Exists(refund => refund.Status == RefundStatus.Failed));
        return payment;
    }

    private async Task RefuseOnceAsync(Payment payment) =>
        await _graph.Toss.AddFaultAsync(
            FaultKind.ErrorOnce,
            Operation.Cancel,
            paymentKey: payment.PaymentKey,
            code: Code
        );

    private async Task<List<JsonElement>> ListAsync() =>
        [
            .. (await _graph.Admin.GetAsync("/api/payments/refunds?refused=true").JsonAsync())
                .GetProperty("items")
                .EnumerateArray(),
        ];

    private Task<HttpResponseMessage> RetryAsync(JsonElement refund) =>
        _graph.Admin.PostAsync($"/api/payments/refunds/{refund.GetProperty("id").GetInt64()}/retry", null);

    private async Task<long> MeasureAsync(MetricCollector<long> collector)
    {
        await _graph.Shop.Services.GetRequiredService<RefusedRefunds>().RunOnceAsync(CancellationToken.None);
        collector.RecordObservableInstruments();
        return collector.LastMeasurement!.Value;
    }
}
