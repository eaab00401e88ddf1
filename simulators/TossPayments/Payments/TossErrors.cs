using System.Collections.Frozen;
using System.Globalization;

namespace MsaShop.TossPayments.Payments;

/// <param name="Code">The code; clients may rely on it alone.</param>
/// <param name="Korean">The default message.</param>
/// <param name="English">The message for <c>Accept-Language: en-US</c>.</param>
internal sealed record TossError(int Status, string Code, string Korean, string English)
{
    public string Message(bool english) => english ? English : Korean;
}

internal static class TossErrors
{
    private static readonly FrozenDictionary<string, TossError> s_errors = List()
        .ToFrozenDictionary(error => error.Code, StringComparer.Ordinal);

    public static TossError InvalidRequest { get; } = Get("INVALID_REQUEST");
    public static TossError UnauthorizedKey { get; } = Get("UNAUTHORIZED_KEY");
    public static TossError IncorrectBasicAuthFormat { get; } = Get("INCORRECT_BASIC_AUTH_FORMAT");
    public static TossError InvalidApiKey { get; } = Get("INVALID_API_KEY");
    public static TossError InvalidIdempotencyKey { get; } = Get("INVALID_IDEMPOTENCY_KEY");
    public static TossError IdempotentRequestProcessing { get; } = Get("IDEMPOTENT_REQUEST_PROCESSING");
    public static TossError AlreadyProcessedPayment { get; } = Get("ALREADY_PROCESSED_PAYMENT");
    public static TossError NotFoundPayment { get; } = Get("NOT_FOUND_PAYMENT");
    public static TossError NotFoundPaymentSession { get; } = Get("NOT_FOUND_PAYMENT_SESSION");
    public static TossError NotFound { get; } = Get("NOT_FOUND");
    public static TossError AlreadyCanceledPayment { get; } = Get("ALREADY_CANCELED_PAYMENT");
    public static TossError NotCancelablePayment { get; } = Get("NOT_CANCELABLE_PAYMENT");
    public static TossError NotCancelableAmount { get; } = Get("NOT_CANCELABLE_AMOUNT");
    public static TossError NotMatchesRefundableAmount { get; } = Get("NOT_MATCHES_REFUNDABLE_AMOUNT");
    public static TossError NotAllowedPartialRefund { get; } = Get("NOT_ALLOWED_PARTIAL_REFUND");
    public static TossError BelowMinimumAmount { get; } = Get("BELOW_MINIMUM_AMOUNT");
    public static TossError FailedInternalSystemProcessing { get; } = Get("FAILED_INTERNAL_SYSTEM_PROCESSING");
    public static TossError ExpiredPayment { get; } = Get("EXPIRED_PAYMENT");
    public static TossError RejectCardCompany { get; } = Get("REJECT_CARD_COMPANY");
    public static TossError PayProcessCanceled { get; } = Get("PAY_PROCESS_CANCELED");
    public static TossError InvalidTransactionKey { get; } = Get("INVALID_TRANSACTION_KEY");

    public static TossError? Find(string code) => s_errors.GetValueOrDefault(code);

    private static TossError Get(string code) => s_errors[code];

    private static IEnumerable<TossError> List() =>
        Table
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new TossError(
                int.Parse(cells[0], CultureInfo.InvariantCulture),
                cells[1],
                cells[2],
                cells[3]
            ));

    private const string Table = """
        400 | ALREADY_PROCESSED_PAYMENT | 이미 처리된 결제 입니다. | This is a payment that has already been processed.
        400 | PROVIDER_ERROR | 일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요. | A temporary error has occurred. Please try again later.
        400 | EXCEED_MAX_CARD_INSTALLMENT_PLAN | 설정 가능한 최대 할부 개월 수를 초과했습니다. | The installment plan is longer than allowed.
        400 | INVALID_REQUEST | 잘못된 요청입니다. | The request is not valid.
        400 | NOT_ALLOWED_POINT_USE | 포인트 사용이 불가한 카드입니다. | Points cannot be used with this card.
        400 | INVALID_API_KEY | 잘못된 시크릿키 연동 정보 입니다. | The secret key does not belong to this payment.
        400 | INVALID_REJECT_CARD | 카드 사용이 거절되었습니다. 카드사에 문의해주세요. | The card was refused. Please ask your card company.
        400 | BELOW_MINIMUM_AMOUNT | 신용카드는 결제금액이 100원 이상, 계좌는 200원 이상부터 결제가 가능합니다. | A card payment is at least 100 won, a transfer at least 200 won.
        400 | INVALID_CARD_EXPIRATION | 카드 정보를 다시 확인해주세요. (유효기간) | Please check the card's expiry date.
        400 | INVALID_STOPPED_CARD | 정지된 카드 입니다. | This card has been stopped.
        400 | EXCEED_MAX_DAILY_PAYMENT_COUNT | 하루 결제 가능 횟수를 초과했습니다. | Too many payments today.
        400 | NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT | 할부가 지원되지 않는 카드 또는 가맹점 입니다. | This card or shop takes no installments.
        400 | INVALID_CARD_INSTALLMENT_PLAN | 할부 개월 정보가 잘못되었습니다. | The installment plan is not valid.
        400 | NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN | 할부가 지원되지 않는 카드입니다. | This card takes no installments.
        400 | EXCEED_MAX_PAYMENT_AMOUNT | 하루 결제 가능 금액을 초과했습니다. | The day's payment limit is exceeded.
        400 | NOT_FOUND_TERMINAL_ID | 단말기번호(Terminal Id)가 없습니다. 토스페이먼츠로 문의해주세요. | There is no terminal id. Please ask Toss Payments.
        400 | INVALID_AUTHORIZE_AUTH | 유효하지 않은 인증 방식입니다. | This way of authentication is not valid.
        400 | INVALID_CARD_LOST_OR_STOLEN | 분실 혹은 도난 카드입니다. | This card was reported lost or stolen.
        400 | RESTRICTED_TRANSFER_ACCOUNT | 입출금이 제한된 계좌입니다. | Transfers with this account are restricted.
        400 | INVALID_CARD_NUMBER | 카드번호를 다시 확인해주세요. | Please check the card number.
        400 | INVALID_UNREGISTERED_SUBMALL | 등록되지 않은 서브몰입니다. | This shop is not registered.
        400 | NOT_REGISTERED_BUSINESS | 등록되지 않은 사업자 번호입니다. | This business is not registered.
        400 | EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT | 1일 출금 한도를 초과했습니다. | The day's withdrawal limit is exceeded.
        400 | EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT | 1회 출금 한도를 초과했습니다. | The limit of one withdrawal is exceeded.
        400 | CARD_PROCESSING_ERROR | 카드사에서 오류가 발생했습니다. | The card company had an error.
        400 | EXCEED_MAX_AMOUNT | 거래금액 한도를 초과했습니다. | The transaction limit is exceeded.
        400 | INVALID_ACCOUNT_INFO_RE_REGISTER | 유효하지 않은 계좌입니다. 계좌 재등록 후 시도해주세요. | This account is not valid. Please register it again.
        400 | NOT_AVAILABLE_PAYMENT | 결제가 불가능한 시간대입니다. | Payment is not available at this time.
        400 | UNAPPROVED_ORDER_ID | 아직 승인되지 않은 주문번호입니다. | This order has not been approved yet.
        400 | EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT | 당월 결제 가능 금액을 초과했습니다. | The month's payment limit is exceeded.
        401 | UNAUTHORIZED_KEY | 인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다. | This secret key or client key is not authorised.
        403 | REJECT_ACCOUNT_PAYMENT | 잔액부족으로 결제에 실패했습니다. | The account has not enough money.
        403 | REJECT_CARD_PAYMENT | 한도초과 혹은 잔액부족으로 결제에 실패했습니다. | The card's limit is exceeded or its balance too low.
        403 | REJECT_CARD_COMPANY | 결제 승인이 거절되었습니다. | The card company refused the payment.
        403 | FORBIDDEN_REQUEST | 허용되지 않은 요청입니다. | This request is not allowed.
        403 | REJECT_TOSSPAY_INVALID_ACCOUNT | 선택하신 출금 계좌가 출금이체 등록이 되어 있지 않습니다. 계좌를 다시 등록해주세요. | The chosen account is not registered for withdrawals.
        403 | EXCEED_MAX_AUTH_COUNT | 최대 인증 횟수를 초과했습니다. 카드사로 문의해주세요. | Too many authentications. Please ask your card company.
        403 | EXCEED_MAX_ONE_DAY_AMOUNT | 일일 한도를 초과했습니다. | The day's limit is exceeded.
        403 | NOT_AVAILABLE_BANK | 은행 서비스 시간이 아닙니다. | The bank is closed at this time.
        403 | INVALID_PASSWORD | 결제 비밀번호가 일치하지 않습니다. | The payment password is wrong.
        403 | INCORRECT_BASIC_AUTH_FORMAT | 잘못된 요청입니다. ':' 를 포함해 인코딩해주세요. | The request is not valid. Encode the key together with ':'.
        403 | FDS_ERROR | 위험거래가 감지되어 결제가 제한됩니다. 발송된 문자에 포함된 링크를 통해 본인인증 후 결제가 가능합니다. | The payment looks risky and is held until you identify yourself.
        404 | NOT_FOUND_PAYMENT | 존재하지 않는 결제 정보 입니다. | There is no such payment.
        404 | NOT_FOUND_PAYMENT_SESSION | 결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다. | The time to pay is over: there is no such payment session.
        404 | NOT_FOUND | 존재하지 않는 정보 입니다. | There is no such thing.
        500 | FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING | 결제가 완료되지 않았어요. 다시 시도해주세요. | The payment was not completed. Please try again.
        500 | FAILED_INTERNAL_SYSTEM_PROCESSING | 내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요. | Internal processing failed. Please try again later.
        500 | UNKNOWN_PAYMENT_ERROR | 결제에 실패했어요. 같은 문제가 반복된다면 은행이나 카드사로 문의해주세요. | The payment failed. If it keeps failing, ask your bank or card company.
        400 | ALREADY_CANCELED_PAYMENT | 이미 취소된 결제 입니다. | This payment has already been cancelled.
        400 | INVALID_REFUND_ACCOUNT_INFO | 환불 계좌번호와 예금주명이 일치하지 않습니다. | The refund account's number and holder do not match.
        400 | EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT | 즉시할인금액보다 적은 금액은 부분취소가 불가능합니다. | Less than the instant discount cannot be cancelled.
        400 | INVALID_REFUND_ACCOUNT_NUMBER | 잘못된 환불 계좌번호입니다. | The refund account's number is not valid.
        400 | INVALID_BANK | 유효하지 않은 은행입니다. | The bank is not valid.
        400 | NOT_MATCHES_REFUNDABLE_AMOUNT | 잔액 결과가 일치하지 않습니다. | The refundable amount does not match.
        400 | REFUND_REJECTED | 환불이 거절됐습니다. 결제사에 문의 부탁드립니다. | The refund was refused.
        400 | ALREADY_REFUND_PAYMENT | 이미 환불된 결제입니다. | This payment has already been refunded.
        400 | FORBIDDEN_BANK_REFUND_REQUEST | 고객 계좌가 입금이 되지 않는 상태입니다. | The customer's account takes no deposits.
        403 | NOT_CANCELABLE_AMOUNT | 취소 할 수 없는 금액 입니다. | This amount cannot be cancelled.
        403 | FORBIDDEN_CONSECUTIVE_REQUEST | 반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요. | Too many requests in a row. Please try again later.
        403 | NOT_CANCELABLE_PAYMENT | 취소 할 수 없는 결제 입니다. | This payment cannot be cancelled.
        403 | EXCEED_MAX_REFUND_DUE | 환불 가능한 기간이 지났습니다. | The time for refunds is over.
        403 | NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT | 입금 대기중인 결제는 부분 환불이 불가합니다. | A payment that waits for its deposit cannot be refunded in part.
        403 | NOT_ALLOWED_PARTIAL_REFUND | 에스크로 주문, 현금 카드 결제일 때는 부분 환불이 불가합니다. | This payment cannot be refunded in part.
        403 | NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER | 휴면 처리된 회원의 결제는 취소할 수 없습니다. | A dormant member's payment cannot be cancelled.
        500 | FAILED_REFUND_PROCESS | 은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다. | The refund failed because the bank was slow or had an error.
        500 | FAILED_METHOD_HANDLING_CANCEL | 취소 중 결제 시 사용한 결제 수단 처리과정에서 일시적인 오류가 발생했습니다. | The payment method had an error while cancelling.
        500 | FAILED_PARTIAL_REFUND | 은행 점검, 해약 계좌 등의 사유로 부분 환불이 실패했습니다. | The partial refund failed.
        500 | COMMON_ERROR | 일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요. | A temporary error has occurred. Please try again later.
        400 | INVALID_IDEMPOTENCY_KEY | 멱등키는 300자 이하여야 합니다. | An idempotency key has at most 300 characters.
        409 | IDEMPOTENT_REQUEST_PROCESSING | 이전 멱등 요청이 처리중입니다. | The earlier request with this idempotency key is still being processed.
        400 | INVALID_TRANSACTION_KEY | 잘못된 페이징 키 입니다. | The paging key is not valid.
        400 | EXPIRED_PAYMENT | 결제가 만료되었습니다. 다시 시도해주세요. | The payment has expired. Please try again.
        400 | PAY_PROCESS_CANCELED | 사용자에 의해 결제가 취소되었습니다. | The buyer cancelled the payment.
        400 | PAY_PROCESS_ABORTED | 결제 진행 중 승인에 실패하여 결제가 중단되었습니다. | The payment failed and was aborted.
        """;
}
