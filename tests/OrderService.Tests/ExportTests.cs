using System.Net;
using System.Text;
using CsvHelper;
using MsaShop.Testing;

namespace MsaShop.OrderService.Tests;

/// <summary>Orders as a file for spreadsheets.</summary>
public sealed class ExportTests(QuietShop shop) : IClassFixture<QuietShop>
{
    private const string Path = "/api/orders/export";

    private readonly long _userId = OrderShop.NewUserId();

    private HttpClient Admin => shop.CreateAdminClient();

    [Fact]
    public async Task The_file_says_what_the_orders_say()
    {
        await AddAsync("EXPORT-1", "김철수", "2026-01-01 15:30:00", ("사과, 2kg", 2), ("\"좋은\" 배", 1));
        await AddAsync("EXPORT-2", "=cmd|' /C calc'!A0", "2026-01-02 00:00:00", ("두\r\n줄", 1));
        await AddAsync("EXPORT-3", "-1+2", "2026-07-01 12:00:00", ("@SUM(A1)", 1));

        var answer = await Admin.GetAsync($"{Path}?userId={_userId}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Matches(
            "^attachment; filename=\"?orders-\\d{4}-\\d{2}-\\d{2}\\.csv\"?$",
            answer.Content.Headers.GetValues("Content-Disposition").Single()
        );
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.EndsWith("\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        var rows = Read(bytes);
        Assert.Equal(
            [
                "주문번호",
                "주문일시",
                "상태",
                "상품",
                "합계(원)",
                "결제수단",
                "입금자명",
                "결제기한",
                "이메일",
                "받는 분",
                "연락처",
                "주소",
            ],
            rows[0]
        );
        Assert.Equal(
            [
                ["EXPORT-3", "2026-07-01 21:00:00", "'@SUM(A1) × 1", "'-1+2"],
                ["EXPORT-2", "2026-01-02 09:00:00", "두\r\n줄 × 1", "'=cmd|' /C calc'!A0"],
                ["EXPORT-1", "2026-01-02 00:30:00", "사과, 2kg × 2; \"좋은\" 배 × 1", "김철수"],
            ],
            rows[1..].Select(row => new[] { row[0], row[1], row[3], row[6] })
        );
        Assert.Equal(("결제 대기", "1000", "무통장입금"), (rows[1][2], rows[1][4], rows[1][5]));
    }

    [Theory]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋82", "'＋82")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("김＝철수", "김＝철수")]
    public async Task A_sign_of_full_width_begins_no_formula_either(string depositor, string shown)
    {
        await AddAsync($"EXPORT-WIDE-{_userId}", depositor, "2026-07-01 12:00:00", ("Apple", 1));

        Assert.Equal(shown, Read(await Admin.GetByteArrayAsync($"{Path}?userId={_userId}"))[1][6]);
    }

    [Fact]
    public async Task In_English_and_by_other_clocks()
    {
        await AddAsync($"EXPORT-EN-{_userId}", "Kim", "2026-07-01 12:00:00", ("Apple", 1));

        var rows = Read(
            await Admin.GetByteArrayAsync($"{Path}?userId={_userId}&lang=en&timeZone=America/New_York&status=PENDING")
        );

        Assert.Equal(["Order number", "Placed at", "Status"], rows[0][..3]);
        Assert.Equal([$"EXPORT-EN-{_userId}", "2026-07-01 08:00:00", "PENDING"], rows[1][..3]);
        Assert.Single(Read(await Admin.GetByteArrayAsync($"{Path}?userId={_userId}&status=SHIPPING")));
    }

    [Theory]
    [InlineData("01012345678", "010-1234-5678")]
    [InlineData("0212345678", "02-1234-5678")]
    [InlineData("010-1234-5678", "010-1234-5678")]
    public async Task A_spreadsheet_takes_neither_phone_number_nor_postal_code_for_a_number(string phone, string shown)
    {
        var number = $"EXPORT-ADDRESS-{phone}";
        await AddAsync(number, "Kim", "2026-07-01 12:00:00", ("Apple", 1));
        await shop.ExecuteAsync(
            $"""
            UPDATE orders
            SET recipient_name = '김', recipient_phone = {phone}, recipient_postal_code = '04524',
                recipient_address1 = '세종대로 110', recipient_address2 = '3층'
            WHERE order_number = {number}
            """
        );

        var rows = Read(await Admin.GetByteArrayAsync($"{Path}?userId={_userId}"));

        Assert.Equal(["김", shown, "(04524) 세종대로 110 3층"], rows[1][^3..]);
    }

    [Fact]
    public async Task Every_order_is_there_once_and_too_many_are_refused()
    {
        await FillAsync(0, 1_001);
        var numbers = Read(await Admin.GetByteArrayAsync($"{Path}?userId={_userId}"))[1..]
            .Select(row => row[0])
            .ToList();
        Assert.Equal(1_001, numbers.Count);
        Assert.Equal(numbers.Distinct().OrderDescending(StringComparer.Ordinal), numbers);

        await FillAsync(1_001, 100_000);
        Assert.Equal(100_001, Read(await Admin.GetByteArrayAsync($"{Path}?userId={_userId}")).Count);

        await FillAsync(100_000, 100_001);
        await Admin
            .GetAsync($"{Path}?userId={_userId}")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "export_too_large");
    }

    [Fact]
    public async Task Only_administrators_get_it_and_what_they_ask_is_checked()
    {
        await shop.CreateAnonymousClient().GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await shop.CreateClientFor(_userId).GetAsync(Path).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await Admin.GetAsync($"{Path}?lang=fr&timeZone=Here&status=GONE").InvalidAsync("lang", "timeZone", "status");
    }

    private static List<string[]> Read(byte[] file)
    {
        using var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        return rows;
    }

    private async Task AddAsync(
        string number,
        string depositor,
        string createdAt,
        params (string Name, int Quantity)[] items
    )
    {
        await shop.ExecuteAsync(
            $"""
            INSERT INTO orders (order_number, user_id, email, status, total_price, payment_method, depositor_name, pay_by,
                created_at, updated_at)
            VALUES ({number}, {_userId}, 'a@example.com', 'PENDING', 1000, 'BANK_TRANSFER', {depositor}, {createdAt},
                {createdAt}, {createdAt})
            """
        );
        foreach (var (name, quantity) in items)
        {
            await shop.ExecuteAsync(
                $"""
                INSERT INTO order_items (order_id, product_id, product_name, price, quantity)
                SELECT id, 1, {name}, 100, {quantity} FROM orders WHERE order_number = {number}
                """
            );
        }
    }

    /// <summary>Adds orders by the thousand, numbered from the first on.</summary>
    private Task<int> FillAsync(int first, int end) =>
        shop.ExecuteAsync(
            $"""
            INSERT INTO orders (order_number, user_id, email, status, total_price, payment_method, pay_by, created_at,
                updated_at)
            WITH digits AS (
                SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
            ), numbers AS (
                SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS n
                FROM digits a, digits b, digits c, digits e, digits f, digits g
                WHERE g.d < 2
            )
            SELECT CONCAT('FILL-', LPAD(n, 7, '0')), {_userId}, 'a@example.com', 'PENDING', 1000, 'CARD', '2026-01-01',
                '2026-01-01', '2026-01-01'
            FROM numbers WHERE n >= {first} AND n < {end} ORDER BY n
            """
        );
}
