using System.Net;
using MsaShop.EndToEnd.Tests.Crashes;

namespace MsaShop.EndToEnd.Tests.Payments;

/// <summary>Paying by bank transfer: two doors lead to a confirmed order.</summary>
[Collection(CrashCollection.Name)]
public sealed class DepositTests(CrashFixture shop)
{
    [Fact]
    public async Task Both_doors_at_once_confirm_the_deposit_once()
    {
        for (var round = 0; round < 4; round++)
        {
            var shopper = await shop.ShopperAsync();
            var product = await shop.NewProductAsync(5);
            var order = Scenario.Expect(HttpStatusCode.Created, await shopper.OrderAsync((product, 1)));
            var id = order.Body.GetProperty("id").GetInt64();
            var admin = await shop.AdminAsync();

            var answers = await Task.WhenAll(
                admin.SendAsync(HttpMethod.Patch, $"/api/orders/{id}/status?status=CONFIRMED"),
                admin.SendAsync(HttpMethod.Post, $"/api/payments/orders/{id}/deposit", new { depositorName = "김쇼핑" })
            );

            Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
            await shop.SettleAndCheckAsync();
            var payment = await admin.GetAsync($"/api/payments/orders/{id}");
            Assert.Equal("COMPLETED", payment.Body.GetProperty("status").GetString());
            Assert.Single(
                payment.Body.GetProperty("history").EnumerateArray(),
                move => move.GetProperty("to").GetString() == "COMPLETED"
            );
        }
    }

    [Fact]
    public async Task A_deposit_and_a_cancel_at_once_leave_one_of_two_outcomes()
    {
        for (var round = 0; round < 4; round++)
        {
            var shopper = await shop.ShopperAsync();
            var product = await shop.NewProductAsync(5);
            var order = Scenario.Expect(HttpStatusCode.Created, await shopper.OrderAsync((product, 1)));
            var id = order.Body.GetProperty("id").GetInt64();
            var admin = await shop.AdminAsync();

            var answers = await Task.WhenAll(
                admin.SendAsync(
                    HttpMethod.Post,
                    $"/api/payments/orders/{id}/deposit",
                    new { depositorName = "김쇼핑" }
                ),
                shopper.SendAsync(HttpMethod.Post, $"/api/orders/{id}/cancel")
            );

            Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
            await shop.SettleAndCheckAsync();
        }
    }
}
