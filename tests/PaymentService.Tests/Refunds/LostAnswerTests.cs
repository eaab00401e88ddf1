using System.Net;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests.Refunds;

/// <summary>When the answer to a commit is lost, the money that it gave back has gone back once.</summary>
public sealed class LostAnswerTests : IClassFixture<PaymentGraph>, IAsyncLifetime
{
    private readonly PaymentGraph _graph;
    private readonly LossyDatabase _way;
    private readonly Replica _replica;

    public LostAnswerTests(PaymentGraph graph)
    {
        _graph = graph;
        _way = LossyDatabase.InFrontOf(graph.Shop.Settings["ConnectionStrings:paymentdb"]!);
        _replica = graph.AddReplica(settings => settings["ConnectionStrings:paymentdb"] = _way.ConnectionString);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _way.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_part_of_a_transfer_goes_back_once(string? key)
    {
        var order = _graph.Orders.Place();
        _graph.Orders.Move(order.Id, OrderStatus.Confirmed);
        var payment = await _graph.WaitAsync(order.Id, PaymentStatus.Completed);
        _way.LoseAnswerTo("INSERT INTO refunds");

        var answer = await _graph.RefundAsync(payment, 10_000, key: key, admin: _replica.CreateAdminClient());

        Assert.False(answer.Headers.Contains("Idempotency-Replayed"));
        var shown = await answer.JsonAsync();
        Assert.Equal(1, _way.Lost);
        Assert.Equal(10_000, shown.GetProperty("refundedAmount").GetInt64());
        Assert.Single(shown.GetProperty("refunds").EnumerateArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task A_part_of_a_card_payment_goes_back_once(string? key)
    {
        var payment = await _graph.AddCardPaymentAsync();
        _way.LoseAnswerTo("INSERT INTO refunds");

        var answer = await _graph.RefundAsync(payment, 10_000, key: key, admin: _replica.CreateAdminClient());

        Assert.Equal(1, _way.Lost);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Accepted });
        var settled = await _graph.WaitAsync(payment.OrderId, p => p.RefundedAmount == 10_000);
        Assert.Equal(RefundStatus.Completed, Assert.Single(settled.Refunds).Status);
        await _graph.RefundedAtTossAsync(payment, 10_000);
    }

    [Fact]
    public async Task Two_refunds_without_a_key_are_two()
    {
        var order = _graph.Orders.Place();
        _graph.Orders.Move(order.Id, OrderStatus.Confirmed);
        var payment = await _graph.WaitAsync(order.Id, PaymentStatus.Completed);

        await _graph.RefundAsync(payment, 10_000).JsonAsync();
        var shown = await _graph.RefundAsync(payment, 10_000).JsonAsync();

        Assert.Equal(20_000, shown.GetProperty("refundedAmount").GetInt64());
    }
}
