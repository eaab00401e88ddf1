using System.Globalization;
using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Checkout;

/// <summary>The window's texts in both languages.</summary>
internal sealed record Words(
    string Title,
    string Simulator,
    string Amount,
    string ChooseCard,
    string Debit,
    string Installments,
    string PayAtOnce,
    string Months,
    string InstallmentHint,
    string TestTools,
    string CardAnswers,
    string Approves,
    Func<string, string> PayAmount,
    string Cancel,
    string Refuse,
    string RefuseHint,
    string OrderNumber,
    Func<string, string> PayUntil,
    string Back,
    string OtherLanguage
)
{
    public static Words Korean { get; } =
        new(
            "결제하기",
            "로컬 테스트 결제창 · 실제로 결제되지 않아요",
            "결제 금액",
            "카드를 선택하세요",
            "체크",
            "할부",
            "일시불",
            "개월",
            "할부는 5만원 이상부터 가능해요",
            "테스트 도구",
            "카드사 승인 결과",
            "정상 승인",
            amount => $"{amount} 결제하기",
            "취소",
            "거절",
            "카드사가 인증 단계에서 거절한 것처럼 끝나요",
            "주문번호",
            time => $"{time}까지 결제할 수 있어요",
            "상점으로 돌아가기",
            "English"
        );

    public static Words English { get; } =
        new(
            "Payment",
            "Local test window · no real money moves",
            "Amount",
            "Choose a card",
            "Debit",
            "Installments",
            "Pay in full",
            "months",
            "Installments start at ₩50,000",
            "Test tools",
            "The card company's answer",
            "Approves",
            amount => $"Pay {amount}",
            "Cancel",
            "Refuse",
            "Ends as if the card company had refused to authenticate",
            "Order number",
            time => $"Pay by {time} (Seoul)",
            "Back to the shop",
            "한국어"
        );

    public static Words Of(bool english) => english ? English : Korean;

    /// <summary>Whether the requested language, or else the browser's, is English.</summary>
    public static bool IsEnglish(string? language, HttpRequest request) =>
        string.IsNullOrEmpty(language)
            ? request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase)
            : language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public static string Won(long amount, bool english)
    {
        var number = amount.ToString("N0", CultureInfo.InvariantCulture);
        return english ? $"₩{number}" : $"{number}원";
    }

    /// <summary>Explains why the window can no longer be used.</summary>
    public static (string Title, string Text) State(PaymentStatus status, bool english) =>
        (status, english) switch
        {
            (PaymentStatus.Expired, false) => ("결제 시간이 지났어요", "상점으로 돌아가 다시 결제해 주세요."),
            (PaymentStatus.Expired, true) => ("The time to pay is over", "Go back to the shop and pay again."),
            (PaymentStatus.Aborted, false) => ("결제가 거절됐어요", "상점으로 돌아가 다시 결제해 주세요."),
            (PaymentStatus.Aborted, true) => ("The payment was refused", "Go back to the shop and pay again."),
            (PaymentStatus.InProgress, false) => ("카드 인증을 마쳤어요", "상점에서 결제를 확인하고 있어요."),
            (PaymentStatus.InProgress, true) => ("Your card is verified", "The shop is completing the payment."),
            (PaymentStatus.Canceled or PaymentStatus.PartialCanceled, false) => (
                "취소된 결제예요",
                "이 결제는 이미 환불됐어요."
            ),
            (PaymentStatus.Canceled or PaymentStatus.PartialCanceled, true) => (
                "This payment was cancelled",
                "It has been refunded already."
            ),
            (_, false) => ("이미 결제를 마쳤어요", "이 결제창은 다시 쓸 수 없어요."),
            (_, true) => ("Already paid", "This window cannot be used again."),
        };
}
