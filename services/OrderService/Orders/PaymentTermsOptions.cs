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
    /// Fewer than so many left of a product are few: an order that leaves few has less time. By default no order has.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int ScarceBelow { get; init; }

    /// <summary>How long a card payment may take where few are left.</summary>
    public TimeSpan ScarceCard { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a bank transfer may take where few are left.</summary>
    public TimeSpan ScarceBankTransfer { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long an order waits beyond its deadline to be told of a bank transfer that has been seen in time: longer than
    /// this service, or payment-svc, is ever down.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan DepositGrace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The least that a card can pay, in won: Toss refuses to charge less.</summary>
    [Range(0, 1_000_000)]
    public long LeastCardTotal { get; init; } = 100;

    /// <summary>How often to look for orders that were not paid in time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many orders a look cancels at most: after an outage of days there may be a million, and the shop is there for its
    /// shoppers meanwhile.
    /// </summary>
    [Range(1, 100_000)]
    public int SweepAtMost { get; init; } = 1000;

    /// <summary>How long the payment of an order of these lines may take by this method.</summary>
    public TimeSpan For(PaymentMethod method, IEnumerable<TakenLine> lines) =>
        (method, lines.Any(line => line.Left < ScarceBelow)) switch
        {
            (PaymentMethod.BankTransfer, false) => BankTransfer,
            (PaymentMethod.BankTransfer, true) => ScarceBankTransfer,
            (_, false) => Card,
            (_, true) => ScarceCard,
        };

    /// <summary>The least that can be paid by this method, in won.</summary>
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
