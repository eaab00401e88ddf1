namespace MsaShop.PaymentService.Toss;

/// <summary>What Toss's error codes mean for the money. A code that is not listed says nothing about it.</summary>
internal static class TossCodes
{
    /// <summary>The first request with this idempotency key is still running.</summary>
    public const string IdempotentRequestProcessing = "IDEMPOTENT_REQUEST_PROCESSING";

    private static readonly HashSet<string> s_notFound =
    [
        "NOT_FOUND_PAYMENT",
        "NOT_FOUND_PAYMENT_SESSION",
        "NOT_FOUND",
    ];

    private static readonly string[] s_refusedPrefixes = ["REJECT_", "EXCEED_", "INVALID_CARD_", "NOT_SUPPORTED_"];

    /// <summary>The shop's own mistakes: nothing has moved, and nothing will until somebody fixes them.</summary>
    private static readonly HashSet<string> s_shopAtFault =
    [
        "UNAUTHORIZED_KEY",
        "INVALID_API_KEY",
        "INCORRECT_BASIC_AUTH_FORMAT",
        "INVALID_UNREGISTERED_SUBMALL",
        "NOT_FOUND_TERMINAL_ID",
        "NOT_REGISTERED_BUSINESS",
    ];

    private static readonly HashSet<string> s_confirmRefused =
    [
        "BELOW_MINIMUM_AMOUNT",
        "FDS_ERROR",
        "FORBIDDEN_REQUEST",
        "INVALID_ACCOUNT_INFO_RE_REGISTER",
        "INVALID_AUTHORIZE_AUTH",
        "INVALID_PASSWORD",
        "INVALID_REJECT_CARD",
        "INVALID_REQUEST",
        "INVALID_STOPPED_CARD",
        "NOT_ALLOWED_POINT_USE",
        "NOT_AVAILABLE_BANK",
        "NOT_AVAILABLE_PAYMENT",
        "RESTRICTED_TRANSFER_ACCOUNT",
        "UNAPPROVED_ORDER_ID",
    ];

    private static readonly HashSet<string> s_cancelRefused =
    [
        "ALREADY_CANCELED_PAYMENT",
        "ALREADY_REFUND_PAYMENT",
        "FORBIDDEN_BANK_REFUND_REQUEST",
        "FORBIDDEN_REQUEST",
        "INVALID_BANK",
        "INVALID_REFUND_ACCOUNT_INFO",
        "INVALID_REFUND_ACCOUNT_NUMBER",
        "INVALID_REQUEST",
        "NOT_ALLOWED_PARTIAL_REFUND",
        "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT",
        "NOT_AVAILABLE_BANK",
        "NOT_CANCELABLE_AMOUNT",
        "NOT_CANCELABLE_PAYMENT",
        "NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER",
        "NOT_MATCHES_REFUNDABLE_AMOUNT",
        "REFUND_REJECTED",
    ];

    public static bool IsNotFound(string code) => s_notFound.Contains(code);

    public static bool IsShopAtFault(string code) => s_shopAtFault.Contains(code);

    public static bool IsConfirmRefused(string code) => IsRefused(code, s_confirmRefused);

    public static bool IsCancelRefused(string code) => IsRefused(code, s_cancelRefused);

    private static bool IsRefused(string code, HashSet<string> codes) =>
        codes.Contains(code) || s_refusedPrefixes.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal));
}
