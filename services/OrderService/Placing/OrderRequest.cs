using System.ComponentModel.DataAnnotations;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// A shopper's order. Prices are product-svc's; the total that the shopper expects only tells when not to order.
/// </summary>
public sealed record OrderRequest : IValidatableObject
{
    /// <summary>The most units of one product in an order.</summary>
    public const int MaxQuantity = 999;

    /// <summary>The user who orders; must be the caller.</summary>
    [Required]
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>Where news of the order goes.</summary>
    [Required]
    [EmailAddress]
    [MaxLength(100)]
    public string? Email { get; init; }

    /// <summary>Lines of the same product are added up.</summary>
    [Required]
    [Length(1, 50)]
    public IReadOnlyList<OrderLineRequest>? Items { get; init; }

    /// <summary>The total that the shopper saw, in won. If the lines cost anything else, nothing is ordered.</summary>
    [Range(0, long.MaxValue)]
    public long? ExpectedTotal { get; init; }

    /// <summary>How it will be paid.</summary>
    public PaymentMethod PaymentMethod { get; init; } = PaymentMethod.Card;

    /// <summary>Who gets the goods, and where.</summary>
    public RecipientRequest? Recipient { get; init; }

    /// <summary>The name on the bank transfer; by default the recipient's or the user's.</summary>
    [MaxLength(50)]
    public string? DepositorName { get; init; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Items?.Any(item => item is null) == true)
        {
            yield return new ValidationResult("A line cannot be null.", [nameof(Items)]);
        }
        else if (Items?.GroupBy(item => item.ProductId).Any(lines => Sum(lines) > MaxQuantity) == true)
        {
            yield return new ValidationResult(
                $"An order can hold at most {MaxQuantity} of a product.",
                [nameof(Items)]
            );
        }
    }

    /// <summary>One line per product. For valid requests.</summary>
    internal IReadOnlyList<StockLine> SumLines() =>
        [.. Items!.GroupBy(item => item.ProductId!.Value).Select(lines => new StockLine(lines.Key, (int)Sum(lines)))];

    /// <summary>Null for a blank name, which no transfer bears.</summary>
    internal string? GetDepositorName() => string.IsNullOrWhiteSpace(DepositorName) ? null : DepositorName.Trim();

    private static long Sum(IEnumerable<OrderLineRequest> lines) => lines.Sum(line => (long)(line.Quantity ?? 0));
}

/// <summary>A quantity of a product.</summary>
public sealed record OrderLineRequest
{
    /// <summary>The product's id.</summary>
    [Required]
    [Range(1, long.MaxValue)]
    public long? ProductId { get; init; }

    /// <summary>How many.</summary>
    [Required]
    [Range(1, OrderRequest.MaxQuantity)]
    public int? Quantity { get; init; }
}

/// <summary>Who gets the goods, and where.</summary>
public sealed record RecipientRequest
{
    /// <summary>The recipient's name.</summary>
    [Required]
    [MaxLength(50)]
    public string? Name { get; init; }

    /// <summary>The recipient's phone number.</summary>
    [Required]
    [MaxLength(20)]
    [RegularExpression(@"\+?[0-9][0-9 \-]*", ErrorMessage = "The field {0} must be a phone number.")]
    public string? Phone { get; init; }

    /// <summary>The postal code.</summary>
    [Required]
    [MaxLength(10)]
    public string? PostalCode { get; init; }

    /// <summary>Street and number.</summary>
    [Required]
    [MaxLength(200)]
    public string? Address1 { get; init; }

    /// <summary>Floor, flat and the like.</summary>
    [MaxLength(200)]
    public string? Address2 { get; init; }

    internal Recipient ToRecipient() =>
        new()
        {
            Name = Name!,
            Phone = Phone!,
            PostalCode = PostalCode!,
            Address1 = Address1!,
            Address2 = Address2,
        };
}
