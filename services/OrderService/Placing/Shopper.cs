namespace MsaShop.OrderService.Placing;

/// <summary>A row to lock, so that a shopper's orders begin one after another.</summary>
public sealed class Shopper
{
    public required long UserId { get; init; }
}
