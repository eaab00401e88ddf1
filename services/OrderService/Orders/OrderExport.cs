using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.Csv;

namespace MsaShop.OrderService.Orders;

internal static partial class OrderExport
{
    private static readonly CsvColumn<Order>[] s_columns =
    [
        new("주문번호", "Order number", (order, _) => order.OrderNumber),
        new("주문일시", "Placed at", (order, format) => format.Time(order.CreatedAt)),
        new("상태", "Status", (order, format) => format.Word(order.Status, InKorean)),
        new("상품", "Products", (order, _) => string.Join("; ", order.Items.OrderBy(item => item.Id).Select(Describe))),
        new("합계(원)", "Total (KRW)", (order, _) => (long)order.TotalPrice),
        new("결제수단", "Payment method", (order, format) => format.Word(order.PaymentMethod, InKorean)),
        new("입금자명", "Depositor", (order, _) => order.DepositorName),
        new("결제기한", "Pay by", (order, format) => format.Time(order.PayBy)),
        new("이메일", "E-mail", (order, _) => order.Email),
        new("받는 분", "Recipient", (order, _) => order.Recipient?.Name),
        // A spreadsheet takes digits alone for a number, and drops the leading zero.
        new("연락처", "Phone", (order, _) => order.Recipient is { } recipient ? Hyphenate(recipient.Phone) : null),
        new("주소", "Address", (order, _) => order.Recipient is { } recipient ? AddressOf(recipient) : null),
    ];

    public static void MapOrderExport(this IEndpointRouteBuilder orders) =>
        orders
            .MapGet("/export", ExportAsync)
            .RequireAuthorization(Policies.Admin)
            .WithName("ExportOrders")
            .WithSummary("The orders as a CSV file, newest first.")
            .WithDescription(CsvExport.Description)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<CsvFile<Order>, ProblemHttpResult>> ExportAsync(
        [AsParameters] OrderFilter filter,
        [AsParameters] CsvRequest request,
        OrderDbContext database,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var matching = await filter.FilterByIdAsync(database.Orders.AsNoTracking(), cancellationToken);
        return await matching.ToCsvAsync(
            (orders, id) =>
                orders
                    .Where(order => order.Id < id)
                    .OrderByDescending(order => order.Id)
                    .Include(order => order.Items)
                    .AsSplitQuery(),
            order => order.Id,
            s_columns,
            "orders",
            request,
            time,
            cancellationToken
        );
    }

    private static string Describe(OrderItem item) => $"{item.ProductName} × {item.Quantity}";

    private static string Hyphenate(string phone) => PhoneNumber.Replace(phone, "$1-$2-$3");

    /// <summary>A Korean number without hyphens: area or network, exchange, line.</summary>
    [GeneratedRegex("^(02|0[0-9]{2})([0-9]{3,4})([0-9]{4})$")]
    private static partial Regex PhoneNumber { get; }

    private static string AddressOf(Recipient recipient) =>
        string.Join(
            ' ',
            new[] { $"({recipient.PostalCode})", recipient.Address1, recipient.Address2 }.OfType<string>()
        );

    private static string InKorean(OrderStatus status) =>
        status switch
        {
            OrderStatus.Pending => "결제 대기",
            OrderStatus.Confirmed => "주문 확정",
            OrderStatus.Shipping => "배송 중",
            OrderStatus.Delivered => "배송 완료",
            OrderStatus.Cancelled => "취소됨",
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
