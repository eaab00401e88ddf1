using System.Net.Http.Json;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>Names of depositors are the same however they were typed.</summary>
public sealed class TextTests(PaymentGraph graph) : IClassFixture<PaymentGraph>
{
    // "한글", as macOS types and names files, and as everybody else does.
    private const string Apart = "\u1112\u1161\u11ab\u1100\u1173\u11af";
    private const string Together = "\ud55c\uae00";

    [Fact]
    public async Task A_depositor_is_stored_composed_and_found_however_the_name_is_typed()
    {
        var order = graph.Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        var payment = await DepositAsync(order.Id, $" {Apart}{order.Id}\u200b").JsonAsync();

        Assert.Equal(Codes($"{Together}{order.Id}"), Codes(payment.GetProperty("depositorName").GetString()!));
        var found = await graph
            .Admin.GetAsync($"/api/payments?q={Uri.EscapeDataString($"{Apart}{order.Id}")}")
            .JsonAsync();
        Assert.Equal(
            order.Id,
            Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("orderId").GetInt64()
        );
    }

    [Fact]
    public async Task Nobody_has_a_name_that_steers_a_terminal()
    {
        var order = graph.Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        await DepositAsync(order.Id, "김\u001b[2J").InvalidAsync("depositorName");
    }

    [Fact]
    public async Task A_name_that_nobody_sees_is_none()
    {
        var order = graph.Orders.Place();
        await graph.WaitAsync(order.Id, PaymentStatus.Pending);

        var payment = await DepositAsync(order.Id, "\u200b").JsonAsync();

        Assert.Equal("홍길동", payment.GetProperty("depositorName").GetString());
    }

    private static IEnumerable<int> Codes(string text) => text.Select(letter => (int)letter);

    private Task<HttpResponseMessage> DepositAsync(long orderId, string depositorName) =>
        graph.Admin.PostAsJsonAsync($"/api/payments/orders/{orderId}/deposit", new { depositorName });
}
