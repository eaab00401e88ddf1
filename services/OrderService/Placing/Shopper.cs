namespace MsaShop.OrderService.Placing;

/// <summary>Somebody who has ordered: a row to lock, so that a shopper's orders begin one after another.</summary>
public sealed class Shopper
{
    /// <summary>The user.</summary>
    public required long UserId { get; init; }
}
