using System.Net;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>Two administrators move one order: neither does it without knowing what the other did.</summary>
public sealed class EditingTests(QuietShop shop) : IClassFixture<QuietShop>
{
    private readonly long _userId = OrderShop.NewUserId();

    [Fact]
    public async Task Who_moves_an_order_second_is_told_where_it_is_now()
    {
        var id = await PlaceAsync();
        var seen = await SeeAsync(id);
        await MoveAsync(id, "CONFIRMED", seen).JsonAsync();

        var problem = await MoveAsync(id, "CANCELLED", seen)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "changed_meanwhile");

        var current = problem.GetProperty("current");
        Assert.Equal("CONFIRMED", current.Text("status"));
        Assert.Single(current.GetProperty("history").EnumerateArray());
        Assert.Equal(
            "CONFIRMED",
            (await shop.CreateAdminClient().GetAsync($"/api/orders/{id}").JsonAsync()).Text("status")
        );
        await MoveAsync(id, "CANCELLED", $"\"{current.Text("version")}\"").JsonAsync();
    }

    [Fact]
    public async Task A_shopper_s_cancel_is_a_change_too()
    {
        var id = await PlaceAsync();
        var seen = await SeeAsync(id);
        await shop.CreateClientFor(_userId).CancelAsync(id).JsonAsync();

        await MoveAsync(id, "CONFIRMED", seen).ProblemAsync(HttpStatusCode.PreconditionFailed, "changed_meanwhile");
    }

    [Fact]
    public async Task What_is_answered_has_the_next_version_and_lists_have_it_too()
    {
        var id = await PlaceAsync();

        var moved = await MoveAsync(id, "CONFIRMED", await SeeAsync(id));
        var version = (await moved.JsonAsync()).Text("version");
        var list = await shop.CreateClientFor(_userId).GetAsync("/api/orders").JsonAsync();

        Assert.Equal($"\"{version}\"", moved.Headers.ETag!.Tag);
        Assert.Equal(version, Assert.Single(list.GetProperty("items").EnumerateArray()).Text("version"));
        Assert.Equal($"\"{version}\"", await SeeAsync(id));
    }

    [Fact]
    public async Task A_header_that_is_none_is_refused_and_without_one_the_last_word_counts()
    {
        var id = await PlaceAsync();

        await MoveAsync(id, "CONFIRMED", "no tag").InvalidAsync("If-Match");
        await shop.CreateAdminClient().MoveAsync(id, "CONFIRMED").JsonAsync();
        await shop.CreateAdminClient().MoveAsync(id, "CANCELLED").JsonAsync();
    }

    private async Task<long> PlaceAsync()
    {
        var product = shop.Products.Add("Pen", 1_000);
        var order = await shop.CreateClientFor(_userId)
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "a@example.com",
                    items = new[] { new { productId = product, quantity = 1 } },
                    paymentMethod = "BANK_TRANSFER",
                }
            )
            .JsonAsync(HttpStatusCode.Created);
        return order.Id();
    }

    private async Task<string> SeeAsync(long id) =>
        (await shop.CreateAdminClient().GetAsync($"/api/orders/{id}")).Headers.ETag?.Tag ?? "";

    private Task<HttpResponseMessage> MoveAsync(long id, string status, string ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/orders/{id}/status?status={status}");
        Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        return shop.CreateAdminClient().SendAsync(request);
    }
}
