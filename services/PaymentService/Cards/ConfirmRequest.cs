using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Cards;

/// <summary>What Toss's payment window sends the shopper back with.</summary>
public sealed record ConfirmRequest
{
    /// <summary>Toss's key of the payment.</summary>
    [Required]
    [RegularExpression(
        "[!-~]{1,200}",
        ErrorMessage = "The field {0} must be 1 to 200 printable ASCII characters without spaces."
    )]
    public string PaymentKey { get; init; } = "";

    /// <summary>The order's public number; Toss calls it the order's id.</summary>
    [Required]
    [RegularExpression(
        "[A-Za-z0-9_-]{6,64}",
        ErrorMessage = "The field {0} must be 6 to 64 letters, digits, hyphens or underscores."
    )]
    public string OrderId { get; init; } = "";

    /// <summary>How much the shopper agreed to pay, in won.</summary>
    [Range(1, 9_999_999_999_999)]
    public long Amount { get; init; }
}
