using System.ComponentModel.DataAnnotations;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Orders;

/// <summary>How long shoppers have to pay; the configuration section <c>PaymentTerms</c>.</summary>
public sealed class PaymentTermsOptions
{
    /// <summary>How long a card payment may take.</summary>
    public TimeSpan Card { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a bank transfer may take.</summary>
    public TimeSpan BankTransfer { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// An order that leaves fewer than this many of a product gets the shorter terms below; 0 turns them off.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int ScarceBelow { get; init; }

    /// <summary>How long a card payment may take when few are left.</summary>
    public TimeSpan ScarceCard { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a bank transfer may take when few are left.</summary>
    public TimeSpan ScarceBankTransfer { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long past its deadline an order waits for payment-svc to report a bank transfer that was seen in time.
    /// Longer than any outage of either service.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan DepositGrace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The smallest total that a card can pay, in won: Toss refuses to charge less.</summary>
    [Range(0, 1_000_000)]
    public long LeastCardTotal { get; init; } = 100;

    /// <summary>How often to look for orders that were not paid in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many overdue orders are cancelled at a time. After an outage of days there may be a million, and shoppers
    /// must not wait for them.
    /// </summary>
    [Range(1, 100_000)]
    public int SweepAtMost { get; init; } = 1000;

    /// <summary>How long an order with these lines may take to be paid by this method.</summary>
    public TimeSpan For(PaymentMethod method, IEnumerable<TakenLine> lines) =>
        (method, lines.Any(line => line.Left < ScarceBelow)) switch
        {
            (PaymentMethod.BankTransfer, false) => BankTransfer,
            (PaymentMethod.BankTransfer, true) => ScarceBankTransfer,
            (_, false) => Card,
            (_, true) => ScarceCard,
        };

    /// <summary>The smallest total that this method can pay, in won.</summary>
    public long LeastFor(PaymentMethod method) => method == PaymentMethod.Card ? LeastCardTotal : 0;
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
