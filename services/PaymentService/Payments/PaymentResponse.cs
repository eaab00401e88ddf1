using System.Linq.Expressions;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>A payment, as its owner and the administrators see it.</summary>
public sealed record PaymentResponse
{
    /// <summary>The payment's id.</summary>
    public required long Id { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's public number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The user who placed the order.</summary>
    public required long UserId { get; init; }

    /// <summary>The amount, in won.</summary>
    public required long Amount { get; init; }

    /// <summary>How much of it went back, in won.</summary>
    public required long RefundedAmount { get; init; }

    /// <summary>How it is paid.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>Its status.</summary>
    public required PaymentStatus Status { get; init; }

    /// <summary>Toss's key of the payment; only cards have it.</summary>
    public string? PaymentKey { get; init; }

    /// <summary>Whether the card may have been charged, which is not known yet.</summary>
    public bool Checking { get; init; }

    /// <summary>Why the card was last refused, where the payment failed.</summary>
    public CardRefusal? Refusal { get; init; }

    /// <summary>The name in which a bank transfer comes, or came.</summary>
    public string? DepositorName { get; init; }

    /// <summary>Until when the deposit can be undone; only while it can, and for administrators.</summary>
    public DateTime? UndoUntil { get; init; }

    /// <summary>Its refunds, oldest first; only where one payment is shown.</summary>
    public IReadOnlyList<RefundResponse>? Refunds { get; init; }

    /// <summary>Every change of status, oldest first; only for administrators, where one payment is shown.</summary>
    public IReadOnlyList<PaymentChangeResponse>? History { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; init; }
}

/// <summary>A change of a payment's status.</summary>
/// <param name="Actor">In which role it was made.</param>
/// <param name="UserId">The user who made it; null for the shop itself.</param>
public sealed record PaymentChangeResponse(
    PaymentStatus From,
    PaymentStatus To,
    PaymentActor Actor,
    long? UserId,
    string? Reason,
    DateTime ChangedAt
);

internal static class PaymentResponseExtensions
{
    /// <summary>
    /// The one payment that matches, with its refunds, and for administrators its history; null if there is none.
    /// </summary>
    public static async Task<PaymentResponse?> ShowAsync(
        this PaymentDbContext database,
        Expression<Func<Payment, bool>> isMeant,
        bool isAdmin,
        CancellationToken cancellationToken
    )
    {
        var payment = await database
            .Payments.AsNoTracking()
            .Include(payment => payment.Refunds.OrderBy(refund => refund.Id))
            .Include(payment => payment.History.OrderBy(change => change.Id))
            .AsSplitQuery()
            .FirstOrDefaultAsync(isMeant, cancellationToken);
        if (payment is null)
        {
            return null;
        }

        var attempts = await database.FindLatestAttemptsAsync([payment.Id], cancellationToken);
        return payment.ToResponse().With(attempts.GetValueOrDefault(payment.Id)) with
        {
            Refunds =
            [
                .. payment.Refunds.Select(refund => isAdmin ? refund.ToResponse() : refund.ToResponse().ForOwner()),
            ],
            UndoUntil = isAdmin ? payment.UndoUntil : null,
            History = isAdmin
                ?
                [
                    .. payment.History.Select(change => new PaymentChangeResponse(
                        change.FromStatus,
                        change.ToStatus,
                        change.Actor,
                        change.UserId,
                        change.Reason,
                        change.ChangedAt
                    )),
                ]
                : null,
        };
    }

    public static PaymentResponse ToResponse(this Payment payment) =>
        new()
        {
            Id = payment.Id,
            OrderId = payment.OrderId,
            OrderNumber = payment.OrderNumber,
            UserId = payment.UserId,
            Amount = (long)payment.Amount,
            RefundedAmount = (long)payment.RefundedAmount,
            Method = payment.Method,
            Status = payment.Status,
            PaymentKey = payment.PaymentKey,
            DepositorName = payment.DepositorName,
            UndoUntil = payment.UndoUntil,
            CreatedAt = payment.CreatedAt,
            UpdatedAt = payment.UpdatedAt,
        };
}
