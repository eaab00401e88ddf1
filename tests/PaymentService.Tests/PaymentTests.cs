using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Data;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

public class PaymentTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    private readonly long _userId = PaymentShop.NewId();

    private HttpClient Shopper => shop.CreateClientFor(_userId);

    private HttpClient Admin => shop.CreateAdminClient();

    [Fact]
    public Task A_token_alone_makes_nobody_an_administrator_who_changes_anything() =>
        shop.AssertATokenAloneMakesNoAdministratorAsync();

    [Fact]
    public async Task The_owner_and_admins_see_the_payment_of_an_order()
    {
        var payment = await shop.AddAsync(_userId, paymentKey: "tgen_20261122abc");
        var path = $"/api/payments/orders/{payment.OrderId}";

        foreach (var client in new[] { Shopper, Admin })
        {
            var seen = await client.GetAsync(path).JsonAsync();
            Assert.Equal(payment.Id, seen.GetProperty("id").GetInt64());
            Assert.Equal(payment.OrderId, seen.GetProperty("orderId").GetInt64());
            Assert.Equal(payment.OrderNumber, seen.GetProperty("orderNumber").GetString());
            Assert.Equal("32500", seen.GetProperty("amount").GetRawText());
            Assert.Equal("2500", seen.GetProperty("refundedAmount").GetRawText());
            Assert.Equal("CARD", seen.GetProperty("method").GetString());
            Assert.Equal("COMPLETED", seen.GetProperty("status").GetString());
            Assert.Equal("tgen_20261122abc", seen.GetProperty("paymentKey").GetString());
            Assert.EndsWith("Z", seen.GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Someone_else_s_payment_is_not_found()
    {
        var payment = await shop.AddAsync(PaymentShop.NewId());

        await Shopper
            .GetAsync($"/api/payments/orders/{payment.OrderId}")
            .ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("999999999")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("abc")]
    public async Task An_order_without_a_payment_is_not_found(string orderId) =>
        await Admin.GetAsync($"/api/payments/orders/{orderId}").ProblemAsync(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task No_payment_is_no_error_to_whoever_asks_for_one_if_any()
    {
        var own = await shop.AddAsync(_userId);
        var foreign = await shop.AddAsync(PaymentShop.NewId());

        var seen = await Shopper.GetAsync($"/api/payments/orders/{own.OrderId}?ifAny=true").JsonAsync();
        Assert.Equal(own.Id, seen.GetProperty("id").GetInt64());
        // An order of somebody else is answered like one that nobody paid.
        foreach (var orderId in new[] { foreign.OrderId, 999_999_999 })
        {
            var path = $"/api/payments/orders/{orderId}";
            var answer = await Shopper.GetAsync($"{path}?ifAny=true");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            await Shopper.GetAsync($"{path}?ifAny=false").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task Only_admins_list_payments()
    {
        await Shopper.GetAsync("/api/payments").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await shop.CreateAnonymousClient()
            .GetAsync("/api/payments")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await shop.CreateAnonymousClient()
            .GetAsync("/api/payments/orders/1")
            .ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Admins_find_payments_newest_first()
    {
        var card = await shop.AddAsync(_userId, paymentKey: $"tviva{_userId}");
        var transfer = await shop.AddAsync(_userId, PaymentMethod.BankTransfer, PaymentStatus.Pending);

        await FindsAsync($"userId={_userId}", transfer, card);
        await FindsAsync($"userId={_userId}&page=2&size=1", card);
        await FindsAsync($"userId={_userId}&method=CARD", card);
        await FindsAsync($"userId={_userId}&status=PENDING", transfer);
        await FindsAsync($"q={card.OrderNumber}", card);
        await FindsAsync($"q=viva{_userId}", card);
        await FindsAsync("q=결제");
        var named = await shop.AddAsync(_userId, PaymentMethod.BankTransfer, depositorName: $"김입금{_userId}");
        await FindsAsync($"q=입금{_userId}", named);
        await FindsAsync($"userId={_userId}&from={card.CreatedAt:O}", named, transfer, card);
        await FindsAsync($"userId={_userId}&to={transfer.CreatedAt:O}", card);
    }

    [Fact]
    public async Task Admins_find_payments_in_letters_of_any_width()
    {
        var card = await shop.AddAsync(_userId, paymentKey: $"tWide{_userId}");
        var wide = await shop.AddAsync(
            _userId,
            PaymentMethod.BankTransfer,
            depositorName: $"{Wide("Kim")}\uff94\uff8f\uff80\uff9e{_userId}"
        );
        var narrow = await shop.AddAsync(
            _userId,
            PaymentMethod.BankTransfer,
            depositorName: $"kim\u30e4\u30de\u30c0{_userId}"
        );

        foreach (var part in new[] { card.OrderNumber, card.OrderNumber[4..] })
        {
            await FindsAsync($"userId={_userId}&q={part.ToLowerInvariant()}", card);
            await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(Wide(part))}", card);
        }

        // Toss's keys know capitals from small letters.
        await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(Wide("tWide"))}", card);
        await FindsAsync($"userId={_userId}&q=twide");
        foreach (var name in new[] { "KIM", Wide("kIm"), "\uff94\uff8f\uff80\uff9e", "\u30e4\u30de\u30c0" })
        {
            await FindsAsync($"userId={_userId}&q={Uri.EscapeDataString(name)}", narrow, wide);
        }

        static string Wide(string text) =>
            string.Concat(text.Select(letter => letter is > ' ' and <= '~' ? (char)(letter + 0xFEE0) : letter));
    }

    [Theory]
    [InlineData("261122-7K2M9QX4T8W{0:D5}")]
    [InlineData("20261122-7K2M9QX4T8WNBCD{0:D5}")]
    public async Task A_whole_order_number_finds_its_payment_among_all(string form)
    {
        var number = string.Format(CultureInfo.InvariantCulture, form, _userId % 100_000);
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
            database.AddRange(Enumerable.Range(0, LongList.SearchReach + 1).Select(Older));
            await database.SaveChangesAsync();
        }

        var page = await Admin.GetAsync($"/api/payments?q={number.ToLowerInvariant()}").JsonAsync();

        var found = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(number, found.GetProperty("orderNumber").GetString());

        Payment Older(int age) =>
            new()
            {
                OrderId = PaymentShop.NewId(),
                OrderNumber = age == LongList.SearchReach ? number : $"x{Guid.NewGuid():N}",
                UserId = _userId,
                Amount = 1_000,
                Method = PaymentMethod.Card,
                CreatedAt = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(-age),
                UpdatedAt = DateTime.UtcNow,
            };
    }

    [Fact]
    public async Task Admins_get_payments_as_a_file()
    {
        var card = await shop.AddAsync(_userId, paymentKey: $"tviva{_userId}");
        var transfer = await shop.AddAsync(_userId, PaymentMethod.BankTransfer, depositorName: "=김,\"입금\"");

        var answer = await Admin.GetAsync($"/api/payments/export?userId={_userId}&timeZone=UTC");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(4, lines.Length);
        Assert.Equal(
            "결제번호,주문번호,시작일시,상태,결제수단,금액(원),환불액(원),입금자명,토스 결제 키,변경일시",
            lines[0].TrimStart('\uFEFF')
        );
        Assert.StartsWith(
            $"{transfer.Id},{transfer.OrderNumber},{transfer.CreatedAt:yyyy-MM-dd HH:mm:ss},결제 완료,무통장입금,32500,2500,\"'=김,\"\"입금\"\"\",,",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith($"{card.Id},{card.OrderNumber},", lines[2], StringComparison.Ordinal);
        await Shopper.GetAsync("/api/payments/export").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_page_tells_where_it_stands()
    {
        await shop.AddAsync(_userId);
        await shop.AddAsync(_userId);

        var page = await Admin.GetAsync($"/api/payments?userId={_userId}&page=2&size=1").JsonAsync();

        Assert.Equal(2, page.GetProperty("page").GetInt32());
        Assert.Equal(1, page.GetProperty("size").GetInt32());
        Assert.Equal(2, page.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_bad_filter_is_told_field_by_field() =>
        await Admin
            .GetAsync("/api/payments?page=0&size=101&status=PAID&method=1&userId=0")
            .InvalidAsync("page", "size", "status", "method", "userId");

    [Fact]
    public async Task An_order_has_one_payment_at_most()
    {
        var payment = await shop.AddAsync(_userId);

        await using var scope = shop.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        database.Payments.Add(
            new Payment
            {
                OrderId = payment.OrderId,
                OrderNumber = "20261122-OTHER",
                UserId = _userId,
                Amount = 1,
                Method = PaymentMethod.Card,
                CreatedAt = DateTime.UtcNow,
                UpdatedAt = DateTime.UtcNow,
            }
        );

        await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync());
    }

    [Fact]
    public async Task A_key_as_long_as_Toss_s_fits()
    {
        var key = new string('k', 200);
        var payment = await shop.AddAsync(_userId, paymentKey: key);

        var seen = await Shopper.GetAsync($"/api/payments/orders/{payment.OrderId}").JsonAsync();

        Assert.Equal(key, seen.GetProperty("paymentKey").GetString());
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var payment = await shop.AddAsync(_userId);

        await shop.MigrateAsync();

        await Shopper.GetAsync($"/api/payments/orders/{payment.OrderId}").JsonAsync();
    }

    [Fact]
    public async Task The_service_is_healthy_and_describes_itself()
    {
        var stranger = shop.CreateAnonymousClient();

        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/alive")).StatusCode);
        var paths = (await stranger.GetAsync("/openapi/v1.json").JsonAsync()).GetProperty("paths");
        Assert.Superset(
            new HashSet<string>(["/api/payments", "/api/payments/orders/{orderId}"]),
            paths.EnumerateObject().Select(path => path.Name).ToHashSet()
        );
    }

    private async Task FindsAsync(string query, params Payment[] payments)
    {
        JsonElement page = await Admin.GetAsync($"/api/payments?{query}").JsonAsync();
        Assert.Equal(
            payments.Select(payment => payment.Id),
            page.GetProperty("items").EnumerateArray().Select(payment => payment.GetProperty("id").GetInt64())
        );
    }
}
