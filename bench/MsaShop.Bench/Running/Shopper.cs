using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MsaShop.Bench.Measuring;
using MsaShop.Testing;

namespace MsaShop.Bench.Running;

/// <summary>Builds shoppers' requests.</summary>
public static class Shopper
{
    private static readonly string[] s_tokens =
    [
        .. ShopData.Users.Select(id => TestTokens.AccessToken(id, lifetime: TimeSpan.FromHours(3))),
    ];

    private static int s_next;

    /// <summary>The first of the next so many shoppers; each gets an order before any gets a second.</summary>
    public static int Next(int count) => Interlocked.Add(ref s_next, count) - count;

    public static string TokenOf(int number) => s_tokens[number % s_tokens.Length];

    public static HttpRequestMessage Get(Uri address, string token) =>
        new(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    /// <summary>Writes the access tokens to a file for wrk's scripts: a line per user, with id and token.</summary>
    public static async Task<string> WriteTokensAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"msa-shop-bench-{Environment.ProcessId}.tokens");
        await File.WriteAllLinesAsync(
            file,
            ShopData.Users.Select((id, index) => string.Create(CultureInfo.InvariantCulture, $"{id} {s_tokens[index]}"))
        );
        return file;
    }

    /// <summary>An order of one unit of a product.</summary>
    /// <param name="gateway">The shop's address.</param>
    /// <param name="number">The shopper's number.</param>
    /// <param name="product">The product's id.</param>
    /// <param name="method">CARD or BANK_TRANSFER.</param>
    public static HttpRequestMessage Order(Uri gateway, int number, long product, string method = "BANK_TRANSFER") =>
        Post(
            new Uri(gateway, "api/orders"),
            number,
            new
            {
                userId = ShopData.Users[number % ShopData.Users.Count],
                email = "bench@example.com",
                paymentMethod = method,
                items = new[] { new { productId = product, quantity = 1 } },
            }
        );

    /// <summary>Places orders of all products in turn.</summary>
    public static async Task<Sample> OrderAsync(Uri gateway, int count, int connections)
    {
        var first = Next(count);
        var (sample, _) = await Rush.SendAsync(
            count,
            number => Order(gateway, first + number, (number % ShopData.Products) + 1),
            connections,
            HttpStatusCode.Created
        );
        return sample;
    }

    /// <summary>Places orders until the shop is warm: on a busy machine its first answers may time out.</summary>
    public static Task WarmUpAsync(Uri gateway)
    {
        const int Orders = 50;
        var first = Next(Orders);
        return Rush.SendAsync(
            Orders,
            number => Order(gateway, first + number, (number % ShopData.Products) + 1),
            connections: 1,
            HttpStatusCode.Created,
            HttpStatusCode.ServiceUnavailable
        );
    }

    /// <summary>Places card orders, and authorizes each card in Toss's window; nothing is charged yet.</summary>
    /// <returns>Creates the request that confirms each payment.</returns>
    public static async Task<IReadOnlyList<Func<HttpRequestMessage>>> PrepareCardsAsync(Shop shop, int count)
    {
        var gateway = shop["gateway-svc"].Address;
        var toss = shop["toss-payments"].Address;
        using var http = new HttpClient();
        var first = Next(count);
        var confirmations = new Func<HttpRequestMessage>[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (index, token) =>
            {
                using var request = Order(gateway, first + index, (index % ShopData.Products) + 1, "CARD");
                var order = await ReadAsync(await http.SendAsync(request, token));
                var id = order.GetProperty("id").GetInt64();
                var number = order.GetProperty("orderNumber").GetString()!;
                var amount = order.GetProperty("totalPrice").GetDecimal();
                var window = await ReadAsync(
                    await http.PostAsJsonAsync(
                        new Uri(toss, "sim/payments"),
                        new
                        {
                            clientKey = Shop.TossClientKey,
                            orderId = number,
                            orderName = "Bench",
                            amount = new { currency = "KRW", value = amount },
                            authorize = true,
                        },
                        token
                    )
                );
                var paymentKey = window.GetProperty("paymentKey").GetString();
                confirmations[index] = () =>
                    Post(
                        new Uri(gateway, "api/payments/confirm"),
                        first + index,
                        new
                        {
                            paymentKey,
                            orderId = number,
                            amount,
                        }
                    );
            }
        );
        return confirmations;
    }

    private static HttpRequestMessage Post(Uri address, int number, object body) =>
        new(HttpMethod.Post, address)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(number)) },
            Content = JsonContent.Create(body),
        };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(text).RootElement
                : throw new InvalidOperationException(
                    $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}"
                );
        }
    }
}
