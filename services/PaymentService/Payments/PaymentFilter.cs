using System.ComponentModel.DataAnnotations;
using System.Text;
using MsaShop.ServiceDefaults.Http;

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

    /// <summary>Only payments whose order number, Toss key or depositor contains this.</summary>
    [MaxLength(200)]
    public string? Q { get; init; }

    /// <summary>The payments that match.</summary>
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
            // Numbers and keys are ASCII, compared byte by byte; the server refuses to compare them with more.
            var text = Q.Trim();
            var key = Ascii.IsValid(text) ? text : null;
            payments = payments.Where(payment =>
                (key != null && (payment.OrderNumber.Contains(key) || payment.PaymentKey!.Contains(key)))
                || payment.DepositorName!.Contains(text)
            );
        }

        return payments;
    }
}
