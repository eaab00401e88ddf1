using MsaShop.Testing;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class IdempotencyTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    [Fact]
    public async Task Repeats_replay_the_first_answer_byte_for_byte_whatever_the_body()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);

        var first = await (await _toss.ConfirmAsync(key, order, 1_000, order)).Content.ReadAsStringAsync();
        var repeated = await (await _toss.ConfirmAsync("other", null, 5, order)).Content.ReadAsStringAsync();

        Assert.Equal(first, repeated);
    }

    [Fact]
    public async Task Errors_are_replayed_for_fifteen_days()
    {
        await using var toss = await TossSimulator.StartAsync();
        var order = NewOrder();
        await toss.ConfirmAsync("nothing", order, 1_000, order).ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");
        var key = await toss.AuthorizeAsync(order, 1_000);
        await toss.ConfirmAsync(key, order, 1_000, order).ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");

        await toss.AdvanceAsync(TimeSpan.FromDays(15));

        key = await toss.AuthorizeAsync(order, 1_000);
        await toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();
        await toss.ConfirmAsync("nothing", order, 1_000, order).JsonAsync();
    }

    [Fact]
    public async Task One_key_cancels_once_and_another_path_is_another_request()
    {
        var (one, other) = (await _toss.PayAsync(NewOrder(), 10_000), await _toss.PayAsync(NewOrder(), 10_000));
        var idempotencyKey = NewOrder();
        var body = new { cancelReason = "x", cancelAmount = 1_000 };

        foreach (var key in new[] { one, one, other })
        {
            await _toss.CancelAsync(key, body, idempotencyKey).JsonAsync();
        }

        Assert.Equal(9_000, (await _toss.PaymentAsync(one)).BalanceAmount);
        Assert.Equal(9_000, (await _toss.PaymentAsync(other)).BalanceAmount);
    }

    [Fact]
    public async Task Parallel_repeats_get_the_one_answer_or_are_told_to_wait()
    {
        var key = await _toss.PayAsync(NewOrder(), 10_000);
        var body = new { cancelReason = "x", cancelAmount = 1_000 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _toss.CancelAsync(key, body, key)));

        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await Task.FromResult(answer).ErrorAsync(409, "IDEMPOTENT_REQUEST_PROCESSING");
        }

        Assert.Equal(9_000, (await _toss.PaymentAsync(key)).BalanceAmount);
    }

    [Fact]
    public async Task A_repeat_gets_the_answer_that_is_still_on_its_way_to_the_first()
    {
        var order = NewOrder();
        var key = await _toss.AuthorizeAsync(order, 1_000);
        await _toss.AddFaultAsync(FaultKind.SlowAfterApprove, orderId: order, seconds: 5);
        var first = _toss.ConfirmAsync(key, order, 1_000, order);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await _toss.PaymentAsync(key)).Status != PaymentStatus.Done)
        {
            await Task.Delay(20, patience.Token);
        }

        var repeated = await _toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();

        Assert.Equal((await first.JsonAsync()).GetRawText(), repeated.GetRawText());
    }

    [Fact]
    public async Task Answers_outlive_the_simulator()
    {
        await using var toss = await TossSimulator.StartAsync();
        var order = NewOrder();
        var key = await toss.AuthorizeAsync(order, 1_000);
        var first = await toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();

        await toss.StopAsync();
        await toss.StartAgainAsync();

        var repeated = await toss.ConfirmAsync("other", order, 1_000, order).JsonAsync();
        Assert.Equal(first.GetRawText(), repeated.GetRawText());
    }

    [Fact]
    public async Task A_key_has_at_most_300_characters()
    {
        await _toss.ConfirmAsync("x", "order-1", 1, new string('x', 301)).ErrorAsync(400, "INVALID_IDEMPOTENCY_KEY");
        await _toss.ConfirmAsync("x", "order-1", 1, new string('x', 300)).ErrorAsync(404, "NOT_FOUND_PAYMENT_SESSION");
    }

    [Fact]
    public async Task A_request_that_a_crash_interrupted_can_be_made_again()
    {
        await using var toss = await TossSimulator.StartAsync();
        var order = NewOrder();
        var key = await toss.AuthorizeAsync(order, 1_000);
        await toss.AddFaultAsync(FaultKind.Slow, seconds: 3_600);
        var interrupted = toss.ConfirmAsync(key, order, 1_000, order);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await toss.Client.GetAsync("/sim/faults").JsonAsync()).GetArrayLength() > 0)
        {
            await Task.Delay(20, patience.Token);
        }

        await toss.StopAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => interrupted);
        await toss.StartAgainAsync();

        await toss.ConfirmAsync(key, order, 1_000, order).JsonAsync();
    }
}
