using System.Diagnostics;
using System.Net;
using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class FaultTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    [Theory]
    [InlineData(FaultKind.DropResponseAfterApprove, PaymentStatus.Done)]
    [InlineData(FaultKind.DropResponseBeforeApprove, PaymentStatus.InProgress)]
    public async Task The_answer_can_be_lost(FaultKind fault, PaymentStatus status)
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(fault, Operation.Confirm, order);

        await Assert.ThrowsAsync<HttpRequestException>(() => _toss.ConfirmAsync(key, order, 1_000, order));

        Assert.Equal(status, (await _toss.PaymentAsync(key)).Status);
        var repeated = await _toss.ConfirmAsync(key, order, 1_000, idempotencyKey: order).JsonAsync();
        Assert.Equal("DONE", repeated.Text("status"));
    }

    [Theory]
    [InlineData(FaultKind.ErrorOnce, PaymentStatus.InProgress)]
    [InlineData(FaultKind.ErrorAfterApprove, PaymentStatus.Done)]
    public async Task An_error_is_the_answer_of_its_idempotency_key(FaultKind fault, PaymentStatus status)
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(fault, Operation.Confirm, order);

        await _toss.ConfirmAsync(key, order, 1_000, order).ErrorAsync(500, "FAILED_INTERNAL_SYSTEM_PROCESSING");
        await _toss.ConfirmAsync(key, order, 1_000, order).ErrorAsync(500, "FAILED_INTERNAL_SYSTEM_PROCESSING");

        Assert.Equal(status, (await _toss.PaymentAsync(key)).Status);
    }

    [Fact]
    public async Task A_slow_confirm_goes_on_without_its_caller_and_holds_its_idempotency_key()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(FaultKind.Slow, Operation.Confirm, paymentKey: key, seconds: 2);
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        using var content = System.Net.Http.Json.JsonContent.Create(
            new
            {
                paymentKey = key,
                orderId = order,
                amount = 1_000,
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payments/confirm") { Content = content };
        request.Headers.Add("Idempotency-Key", order);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _toss.Client.SendAsync(request, hurry.Token));
        await _toss.ConfirmAsync(key, order, 1_000, order).ErrorAsync(409, "IDEMPOTENT_REQUEST_PROCESSING");
        Assert.Equal(PaymentStatus.InProgress, (await _toss.PaymentAsync(key)).Status);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await _toss.PaymentAsync(key)).Status != PaymentStatus.Done)
        {
            await Task.Delay(50, patience.Token);
        }

        await _toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();
    }

    [Fact]
    public async Task The_answer_can_be_slow_when_the_money_has_moved()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(FaultKind.SlowAfterApprove, Operation.Confirm, order, seconds: 1);
        var started = Stopwatch.GetTimestamp();

        await _toss.ConfirmAsync(key, order, 1_000).JsonAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_conflict_leaves_no_trace()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(FaultKind.Conflict, Operation.Confirm, order);

        await _toss.ConfirmAsync(key, order, 1_000, order).ErrorAsync(409, "IDEMPOTENT_REQUEST_PROCESSING");
        await _toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();
    }

    [Fact]
    public async Task Faults_befall_only_what_they_name_and_as_often_as_they_say()
    {
        await using var toss = await TossSimulator.StartAsync();
        var (mine, other) = (NewOrder(), NewOrder());
        var (myKey, otherKey) = (await toss.AuthorizeAsync(mine, 1_000), await toss.AuthorizeAsync(other, 1_000));
        await toss.AddFaultAsync(
            FaultKind.ErrorOnce,
            Operation.Lookup,
            orderId: mine,
            count: 2,
            code: "PROVIDER_ERROR"
        );

        await toss.Client.GetAsync($"/v1/payments/{otherKey}").JsonAsync();
        await toss.Client.GetAsync($"/v1/payments/{myKey}").ErrorAsync(400, "PROVIDER_ERROR");
        await toss.ConfirmAsync(myKey, mine, 1_000).JsonAsync();
        await toss.Client.GetAsync($"/v1/payments/orders/{mine}").ErrorAsync(400, "PROVIDER_ERROR");
        await toss.Client.GetAsync($"/v1/payments/{myKey}").JsonAsync();

        await toss.AddFaultAsync(
            FaultKind.ErrorOnce,
            Operation.Cancel,
            paymentKey: myKey,
            code: "EXCEED_MAX_REFUND_DUE"
        );
        await toss.CancelAsync(myKey, new { cancelReason = "x" }).ErrorAsync(403, "EXCEED_MAX_REFUND_DUE");
        await toss.AddFaultAsync(FaultKind.ErrorOnce);
        await toss.ClearFaultsAsync();
        await toss.CancelAsync(myKey, new { cancelReason = "x" }).JsonAsync();
    }

    [Fact]
    public async Task A_fault_that_makes_no_sense_is_refused_with_problem_details()
    {
        await _toss.PostAsync("/sim/faults", new { }).InvalidAsync("kind");
        await _toss.PostAsync("/sim/faults", new { kind = "slow", count = 0 }).InvalidAsync("count");
        await _toss.PostAsync("/sim/faults", new { kind = "error-once", code = "NOTHING" }).InvalidAsync("code");
        await _toss
            .PostAsync("/sim/faults", new { kind = "nothing" })
            .ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }
}
