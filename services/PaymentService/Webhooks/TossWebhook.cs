using System.Text;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>
/// A webhook of Toss's, in either of its shapes: with a payment in <c>data</c>, or flat, about a deposit. Nobody signs
/// them, so only what they are about is used, never the status they claim.
/// </summary>
/// <param name="EventType">Null in the flat shape.</param>
/// <param name="OrderId">In the flat shape: the order's public number.</param>
/// <param name="TransactionKey">In the flat shape: the movement of money.</param>
/// <param name="Status">In the flat shape: the status of the deposit.</param>
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

    internal string Kind => EventType ?? DepositCallback;

    /// <summary>Webhooks about anything else are of no interest here.</summary>
    internal bool IsAboutPayment => Kind is PaymentStatusChanged or DepositCallback;

    /// <summary>What is wrong with it, by field; empty if it is as Toss sends it.</summary>
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

/// <summary>The payment that a webhook is about.</summary>
/// <param name="OrderId">The order's public number.</param>
public sealed record TossWebhookPayment(string? PaymentKey = null, string? OrderId = null);
