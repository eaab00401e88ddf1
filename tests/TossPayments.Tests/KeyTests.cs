using System.Net.Http.Headers;
using System.Text;
using MsaShop.Testing;
using MsaShop.TossPayments.Checkout;
using MsaShop.TossPayments.Testing;
using static MsaShop.TossPayments.Tests.Calls;

namespace MsaShop.TossPayments.Tests;

public sealed class KeyTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private readonly TossSimulator _toss = fixture.Toss;

    public static TheoryData<string?, int, string> WrongKeys =>
        new()
        {
            { null, 401, "UNAUTHORIZED_KEY" },
            { $"Basic {Base64("test_sk_local")}", 403, "INCORRECT_BASIC_AUTH_FORMAT" },
            { $"Basic {Base64("test_sk_local:password")}", 403, "INCORRECT_BASIC_AUTH_FORMAT" },
            { $"Basic {Base64("test_sk_local:").TrimEnd('=')}", 403, "INCORRECT_BASIC_AUTH_FORMAT" },
            { "Basic test_sk_local:", 403, "INCORRECT_BASIC_AUTH_FORMAT" },
            { $"Bearer {Base64("test_sk_local:")}", 403, "INCORRECT_BASIC_AUTH_FORMAT" },
            { $"Basic {Base64("test_sk_other:")}", 401, "UNAUTHORIZED_KEY" },
            { $"Basic {Base64("test_ck_local:")}", 401, "UNAUTHORIZED_KEY" },
            { $"Basic {Base64("\uFEFFtest_sk_local:")}", 401, "UNAUTHORIZED_KEY" },
        };

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task A_wrong_key_opens_nothing(string? authorization, int status, string code)
    {
        using var client = Client(authorization);

        await client.GetAsync("/v1/payments/nothing").ErrorAsync(status, code);
        await client.PostAsync("/v1/payments/confirm", null).ErrorAsync(status, code);
    }

    [Fact]
    public async Task A_payment_is_confirmed_with_the_key_that_pairs_with_its_client_key()
    {
        var order = NewOrder();
        var opened = await _toss.OpenAsync(
            new NewPayment("test_gck_local", order, "Test", new Amount("KRW", 1_000), Authorize: true)
        );
        var body = new
        {
            paymentKey = opened.PaymentKey,
            orderId = order,
            amount = 1_000,
        };

        await _toss.PostAsync("/v1/payments/confirm", body).ErrorAsync(400, "INVALID_API_KEY");

        using var widget = Client($"Basic {Base64("test_gsk_local:")}");
        using var content = System.Net.Http.Json.JsonContent.Create(body);
        await widget.PostAsync("/v1/payments/confirm", content).JsonAsync();
    }

    [Fact]
    public async Task Every_answer_has_a_trace_id()
    {
        foreach (var path in new[] { "/v1/payments/nothing", "/v1/nothing" })
        {
            using var answer = await _toss.Client.GetAsync(path);
            Assert.NotEmpty(answer.Headers.GetValues("X-TossPayments-Trace-Id").Single());
        }
    }

    [Fact]
    public async Task A_test_code_comes_back_before_anything_is_looked_at()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payments/confirm");
        request.Headers.Add("TossPayments-Test-Code", "INVALID_CARD_EXPIRATION");

        await _toss.Client.SendAsync(request).ErrorAsync(400, "INVALID_CARD_EXPIRATION");
    }

    [Fact]
    public async Task A_live_key_is_refused_at_the_start()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => TossSimulator.StartAsync(secretKey: "live_sk_real"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private HttpClient Client(string? authorization)
    {
        var client = new HttpClient { BaseAddress = _toss.Address };
        client.DefaultRequestHeaders.Authorization = authorization is null
            ? null
            : AuthenticationHeaderValue.Parse(authorization);
        return client;
    }
}
