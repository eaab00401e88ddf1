using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Payments;

/// <summary>Which payments to list.</summary>
public sealed record PaymentFilter
{
    /// <summary>Only payments with this status.</summary>
    [WordOf<PaymentStatus>]
    public string? Status { get; init; }

    /// <summary>Only payments by this method.</summary>
    [WordOf<PaymentMethod>]
    public string? Method { get; init; }

    /// <summary>Only this user's payments.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>Only payments begun at this time or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>Only payments begun before this time.</summary>
    public DateTime? To { get; init; }

    /// <summary>
    /// Only payments whose order number, Toss key or depositor contains this. A whole order number is found among all
    /// payments; anything else among the newest 10,000 that the other filters leave.
    /// </summary>
    [MaxLength(200)]
    public string? Q { get; init; }

    internal IQueryable<Payment> Filter(IQueryable<Payment> payments)
    {
        payments = payments
            .WhereGiven(EnumWords.Parse<PaymentStatus>(Status), status => payment => payment.Status == status)
            .WhereGiven(EnumWords.Parse<PaymentMethod>(Method), method => payment => payment.Method == method)
            .WhereGiven(UserId, userId => payment => payment.UserId == userId)
            .WhereGiven(From, from => payment => payment.CreatedAt >= from)
            .WhereGiven(To, to => payment => payment.CreatedAt < to);
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var text = new SearchText(Q);
            if (text.IsWholeOrderNumber)
            {
                return payments.Where(payment => payment.OrderNumber == text.OrderNumber);
            }

            // No index finds text in the middle of a column, so the search reads payments, up to a limit.
            var found = Newest(payments)
                .Take(LongList.SearchReach)
                .Where(payment =>
                    (text.OrderNumber != null && payment.OrderNumber.Contains(text.OrderNumber))
                    || (text.Key != null && payment.PaymentKey!.Contains(text.Key))
                    || payment.DepositorName!.Contains(text.Typed)
                    || payment.DepositorName!.Contains(text.Folded)
                    || payment.DepositorName!.Contains(text.Apart)
                )
                .Select(payment => payment.Id);
            return payments.Where(payment => found.Contains(payment.Id));
        }

        return payments;
    }

    /// <summary>The id settles ties, so that no payment is on two pages.</summary>
    internal static IQueryable<Payment> Newest(IQueryable<Payment> payments) =>
        payments.OrderByDescending(payment => payment.CreatedAt).ThenByDescending(payment => payment.Id);
}
