using System.ComponentModel.DataAnnotations;

namespace MsaShop.PaymentService.Payments;

/// <summary>Which payments are wanted.</summary>
public sealed record PaymentFilter
{
    /// <summary>Only payments that stand like this.</summary>
    [WordOf<PaymentStatus>]
    public string? Status { get; init; }

    /// <summary>Only payments made this way.</summary>
    [WordOf<PaymentMethod>]
    public string? Method { get; init; }

    /// <summary>Only this user's payments.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>Only payments begun then or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>Only payments begun before then.</summary>
    public DateTime? To { get; init; }

    /// <summary>
    /// Only payments whose order number, Toss key or depositor contains this. A whole order number finds its payment
    /// among all; anything else is looked for in the newest 10,000 that the other filters leave.
    /// </summary>
    [MaxLength(200)]
    public string? Q { get; init; }

    /// <summary>Applies the filters.</summary>
    internal IQueryable<Payment> Filter(IQueryable<Payment> payments)
    {
        if (EnumWords.Parse<PaymentStatus>(Status) is { } status)
        {
            payments = payments.Where(payment => payment.Status == status);
        }

        if (EnumWords.Parse<PaymentMethod>(Method) is { } method)
        {
            payments = payments.Where(payment => payment.Method == method);
        }

        if (UserId is { } userId)
        {
            payments = payments.Where(payment => payment.UserId == userId);
        }

        if (From is { } from)
        {
            payments = payments.Where(payment => payment.CreatedAt >= from);
        }

        if (To is { } to)
        {
            payments = payments.Where(payment => payment.CreatedAt < to);
        }

        if (!string.IsNullOrWhiteSpace(Q))
        {
            var text = new SearchText(Q);
            if (text.IsWholeOrderNumber)
            {
                return payments.Where(payment => payment.OrderNumber == text.OrderNumber);
            }

            // No index finds the middle of a text, so the search is limited to the newest payments.
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

    /// <summary>Newest first; the id settles ties, so that no payment is on two pages.</summary>
    internal static IQueryable<Payment> Newest(IQueryable<Payment> payments) =>
        payments.OrderByDescending(payment => payment.CreatedAt).ThenByDescending(payment => payment.Id);
}
