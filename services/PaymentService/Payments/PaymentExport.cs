using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.Csv;

namespace MsaShop.PaymentService.Payments;

internal static class PaymentExport
{
    private static readonly CsvColumn<Payment>[] s_columns =
    [
        new("결제번호", "Payment id", (payment, _) => payment.Id),
        new("주문번호", "Order number", (payment, _) => payment.OrderNumber),
        new("시작일시", "Begun at", (payment, format) => format.Time(payment.CreatedAt)),
        new("상태", "Status", (payment, format) => format.Word(payment.Status, InKorean)),
        new("결제수단", "Payment method", (payment, format) => format.Word(payment.Method, InKorean)),
        new("금액(원)", "Amount (KRW)", (payment, _) => (long)payment.Amount),
        new("환불액(원)", "Refunded (KRW)", (payment, _) => (long)payment.RefundedAmount),
        new("입금자명", "Depositor", (payment, _) => payment.DepositorName),
        new("토스 결제 키", "Toss payment key", (payment, _) => payment.PaymentKey),
        new("변경일시", "Changed at", (payment, format) => format.Time(payment.UpdatedAt)),
    ];

    public static void MapPaymentExport(this IEndpointRouteBuilder payments) =>
        payments
            .MapGet("/export", ExportAsync)
            .RequireAuthorization(Policies.Admin)
            .WithName("ExportPayments")
            .WithSummary("The payments as a CSV file, newest first.")
            .WithDescription(CsvExport.Description)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task<Results<CsvFile<Payment>, ProblemHttpResult>> ExportAsync(
        [AsParameters] PaymentFilter filter,
        [AsParameters] CsvRequest request,
        PaymentDbContext database,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        filter
            .Filter(database.Payments.AsNoTracking())
            .ToCsvAsync(
                (payments, id) => payments.Where(payment => payment.Id < id).OrderByDescending(payment => payment.Id),
                payment => payment.Id,
                s_columns,
                "payments",
                request,
                time,
                cancellationToken
            );

    private static string InKorean(PaymentStatus status) =>
        status switch
        {
            PaymentStatus.Pending => "결제 대기",
            PaymentStatus.Completed => "결제 완료",
            PaymentStatus.Failed => "결제되지 않음",
            PaymentStatus.Refunded => "환불 완료",
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    private static string InKorean(PaymentMethod method) =>
        method switch
        {
            PaymentMethod.Card => "카드",
            PaymentMethod.BankTransfer => "무통장입금",
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
}
