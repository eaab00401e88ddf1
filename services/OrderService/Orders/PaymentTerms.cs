using System.ComponentModel.DataAnnotations;

namespace MsaShop.OrderService.Orders;

/// <summary>How long shoppers have to pay; the configuration section <c>PaymentTerms</c>.</summary>
public sealed class PaymentTerms
{
    /// <summary>How long a card payment may take.</summary>
    public TimeSpan Card { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a bank transfer may take.</summary>
    public TimeSpan BankTransfer { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How often to look for orders that were not paid in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a payment by this method may take.</summary>
    public TimeSpan For(PaymentMethod method) => method == PaymentMethod.BankTransfer ? BankTransfer : Card;
}

/// <summary>The account that bank transfers go to; the configuration section <c>BankAccount</c>.</summary>
public sealed class BankAccount
{
    /// <summary>The bank's name.</summary>
    [Required]
    public string Bank { get; init; } = "";

    /// <summary>The account's number.</summary>
    [Required]
    public string AccountNumber { get; init; } = "";

    /// <summary>The account's holder.</summary>
    [Required]
    public string Holder { get; init; } = "";
}
