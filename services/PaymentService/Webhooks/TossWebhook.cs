using System.Text;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>
/// A webhook of Toss's, in either shape: with a payment in <c>data</c>, or flat, about a deposit. Webhooks are unsigned, so
/// they only tell which payment to look up.
/// </summary>
/// <param name="EventType">Absent in the flat shape.</param>
/// <param name="OrderId">Flat shape: the order's public number.</param>
/// <param name="TransactionKey">Flat shape.</param>
/// <param name="Status">Flat shape: the deposit's status.</param>
public sealed record TossWebhook(
    string? EventType = null,
    TossWebhookPayment? Data = null,
    string? OrderId = null,
    string? TransactionKey = null,
    string? Status = null
)
{
    private const string PaymentStatusChanged = "PAYMENT_STATUS_CHANGED";
    private const string DepositCallback = "DEPOSIT_CALLBACK";
    private const int MaxKeyLength = 200;

    /// <summary>Toss's event type.</summary>
    internal string Kind => EventType ?? DepositCallback;

    /// <summary>Webhooks about anything else are ignored.</summary>
    internal bool IsAboutPayment => Kind is PaymentStatusChanged or DepositCallback;

    /// <returns>Errors by field; empty if the webhook is valid.</returns>
    internal Dictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        switch (EventType)
        {
            case PaymentStatusChanged:
                Require("data.paymentKey", Data?.PaymentKey);
                Require("data.orderId", Data?.OrderId);
                break;
            case null:
                Require("orderId", OrderId);
                Require("transactionKey", TransactionKey);
                Require("status", Status);
                break;
            default:
                Require("eventType", EventType);
                break;
        }

        return errors;

        void Require(string field, string? value)
        {
            if (value is not { Length: > 0 and <= MaxKeyLength } || !Ascii.IsValid(value))
            {
                errors[field] = [$"The field {field} must be 1 to {MaxKeyLength} ASCII characters."];
            }
        }
    }
}

/// <summary>The payment that a webhook names.</summary>
public sealed record TossWebhookPayment(string? PaymentKey = null, string? OrderId = null);
