namespace MsaShop.PaymentService.Cards;

/// <summary>Why a card was refused.</summary>
/// <param name="TossCode">Toss's error code; null if Toss was not asked.</param>
/// <param name="TossMessage">Toss's message to the shopper.</param>
public sealed record CardRefusal(string? TossCode, string? TossMessage, DateTime RefusedAt);

internal static class CardResponseExtensions
{
    public static Task<Dictionary<long, CardAttempt>> FindLatestAttemptsAsync(
        this PaymentDbContext database,
        long[] paymentIds,
        CancellationToken cancellationToken
    ) =>
        database
            .CardAttempts.AsNoTracking()
            .Where(attempt =>
                paymentIds.Contains(attempt.PaymentId)
                && !database.CardAttempts.Any(other => other.PaymentId == attempt.PaymentId && other.Id > attempt.Id)
            )
            .ToDictionaryAsync(attempt => attempt.PaymentId, cancellationToken);

    /// <summary>Adds what the latest attempt tells.</summary>
    public static PaymentResponse With(this PaymentResponse payment, CardAttempt? latest) =>
        payment with
        {
            Checking = latest?.Status == CardAttemptStatus.Confirming,
            Refusal =
                latest is { Status: CardAttemptStatus.Refused } && payment.Status == PaymentStatus.Failed
                    ? new CardRefusal(
                        latest.TossCode,
                        // How the shop is set up is nothing to tell shoppers.
                        latest.IsOfShopAtFault()
                            ? null
                            : latest.TossMessage,
                        latest.UpdatedAt
                    )
                    : null,
        };
}
