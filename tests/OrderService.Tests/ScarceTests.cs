using System.Net;
using System.Text.Json;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>What is short is not kept for long from those who would pay for it.</summary>
public sealed class ScarceTests(ScarceShop shop) : IClassFixture<ScarceShop>
{
    private readonly long _userId = OrderShop.NewUserId();

    [Theory]
    [InlineData("CARD", 8, 30)]
    [InlineData("CARD", 9, 10)]
    [InlineData("BANK_TRANSFER", 8, 3 * 24 * 60)]
    [InlineData("BANK_TRANSFER", 9, 120)]
    public async Task An_order_that_leaves_few_has_to_be_paid_sooner(string method, int quantity, int minutes)
    {
        var scarce = shop.Products.Add("Pen", 1_000, stock: 10);
        var plenty = shop.Products.Add("Cup", 1_000, stock: 100);

        var order = await PlaceAsync(method, (plenty, 1), (scarce, quantity));

        Assert.Equal(
            TimeSpan.FromMinutes(minutes),
            order.GetProperty("payBy").GetDateTime() - order.GetProperty("createdAt").GetDateTime()
        );
    }

    private Task<JsonElement> PlaceAsync(string method, params (long ProductId, int Quantity)[] lines) =>
        shop.CreateClientFor(_userId)
            .PlaceAsync(
                new
                {
                    userId = _userId,
                    email = "a@example.com",
                    items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
                    paymentMethod = method,
                }
            )
            .JsonAsync(HttpStatusCode.Created);
}

/// <summary>A shop in which fewer than two of a product are few.</summary>
public sealed class ScarceShop : QuietShop
{
    public ScarceShop()
    {
        Settings["PaymentTerms:ScarceBelow"] = "2";
        Settings["PaymentTerms:ScarceCard"] = "00:10:00";
        Settings["PaymentTerms:ScarceBankTransfer"] = "02:00:00";
    }
}
