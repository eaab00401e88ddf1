using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Checkout;

/// <summary>A card that the window offers.</summary>
/// <param name="Code">Toss's code of the card company.</param>
/// <param name="Number">The masked number.</param>
/// <param name="Color">The colour of its tile, as CSS.</param>
/// <param name="IsDebit">Whether it is a debit card (체크) instead of a credit card (신용).</param>
internal sealed record TestCard(
    string Code,
    string Korean,
    string English,
    string Number,
    string Color,
    bool IsDebit = false
)
{
    public PaymentCard Use(int installmentPlanMonths) =>
        new()
        {
            IssuerCode = Code,
            AcquirerCode = Code,
            Number = Number,
            InstallmentPlanMonths = installmentPlanMonths,
            CardType = IsDebit ? "체크" : "신용",
        };
}

internal static class TestCards
{
    /// <summary>The smallest amount in won that may be paid in installments.</summary>
    public const long InstallmentMinimum = 50_000;

    public const int MaxInstallmentMonths = 12;

    public static IReadOnlyList<TestCard> All { get; } =
    [
        new("41", "신한", "Shinhan", "55830512****123*", "#1b57d6"),
        new("11", "KB국민", "KB Kookmin", "43301234****567*", "#8a7a5c"),
        new("51", "삼성", "Samsung", "46732309****321*", "#2150c9"),
        new("61", "현대", "Hyundai", "43330212****778*", "#23272e"),
        new("71", "롯데", "Lotte", "51885911****450*", "#d43c46"),
        new("21", "하나", "Hana", "53610713****901*", "#00857a"),
        new("33", "우리", "Woori", "53103120****602*", "#0a6fc2"),
        new("91", "NH농협", "NH Nonghyup", "54610510****233*", "#1d8c46"),
        new("31", "BC", "BC", "94101225****844*", "#e0434f"),
        new("15", "카카오뱅크", "KakaoBank", "53651012****715*", "#c8a600", IsDebit: true),
        new("24", "토스뱅크", "Toss Bank", "53241098****366*", "#3182f6", IsDebit: true),
        new("3A", "케이뱅크", "K bank", "52431077****187*", "#4f46d8", IsDebit: true),
    ];

    /// <summary>Error codes with which the card company may refuse the confirm.</summary>
    public static IReadOnlyList<string> Refusals { get; } =
    [
        "REJECT_CARD_PAYMENT",
        "REJECT_CARD_COMPANY",
        "EXCEED_MAX_DAILY_PAYMENT_COUNT",
        "EXCEED_MAX_PAYMENT_AMOUNT",
        "INVALID_CARD_EXPIRATION",
        "INVALID_STOPPED_CARD",
        "INVALID_CARD_LOST_OR_STOLEN",
        "INVALID_REJECT_CARD",
        "FDS_ERROR",
    ];

    public static TestCard Find(string? code) => All.FirstOrDefault(card => card.Code == code) ?? All[0];
}
