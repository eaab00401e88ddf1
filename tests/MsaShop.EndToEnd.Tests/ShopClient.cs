using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MsaShop.EndToEnd.Tests;

/// <summary>Somebody who uses the shop's API, with the words of the API and nothing of its code.</summary>
public sealed class ShopClient(HttpClient http) : IDisposable
{
    private static readonly TimeSpan s_openingLimit = TimeSpan.FromMinutes(2);

    /// <summary>What every shopper signs in with.</summary>
    public const string ShopperPassword = "correct-horse-1";

    public HttpClient Http { get; } = http;

    public long UserId { get; private set; }

    public string Email { get; private set; } = "";

    /// <summary>Signs up somebody new, and in.</summary>
    public async Task<ShopClient> SignUpAsync()
    {
        var email = "";
        var created = await WhenOpenAsync(() =>
        {
            email = $"shopper-{Guid.NewGuid().ToString("N")[..16]}@example.com";
            return SendAsync(
                HttpMethod.Post,
                "/api/users/signup",
                new
                {
                    email,
                    password = ShopperPassword,
                    name = "김쇼핑",
                    phone = "010-1234-5678",
                }
            );
        });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        return await LogInAsync(email, ShopperPassword);
    }

    public async Task<ShopClient> LogInAsync(string email, string password)
    {
        Assert.Equal(HttpStatusCode.OK, (await WhenOpenAsync(() => TryLogInAsync(email, password))).Status);
        return this;
    }

    /// <summary>Asks again while the shop is busy: for what a test needs before it begins, and is no test of.</summary>
    public static async Task<Answer> WhenOpenAsync(Func<Task<Answer>> send)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await send();
            if (answer.Status != HttpStatusCode.ServiceUnavailable || watch.Elapsed > s_openingLimit)
            {
                return answer;
            }

            await Task.Delay(200);
        }
    }

    /// <summary>Signs in, if the shop lets one.</summary>
    public async Task<Answer> TryLogInAsync(string email, string password) =>
        Adopt(await SendAsync(HttpMethod.Post, "/api/users/login", new { email, password }));

    /// <summary>Stays signed in, if the shop lets one.</summary>
    public async Task<Answer> RefreshAsync() => Adopt(await SendAsync(HttpMethod.Post, "/api/users/refresh"));

    public Task<ShopClient> LogInAsAdminAsync() => LogInAsync("admin@shop.example.com", ShopFixture.AdminPassword);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Orders by bank transfer, for oneself.</summary>
    public Task<Answer> OrderAsync(params (long ProductId, int Quantity)[] lines) => OrderAsync("BANK_TRANSFER", lines);

    /// <summary>Orders for oneself.</summary>
    public Task<Answer> OrderAsync(
        string paymentMethod,
        (long ProductId, int Quantity)[] lines,
        string? idempotencyKey = null
    ) =>
        SendAsync(
            HttpMethod.Post,
            "/api/orders",
            new
            {
                userId = UserId,
                email = Email,
                items = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }),
                paymentMethod,
                depositorName = paymentMethod == "BANK_TRANSFER" ? "김쇼핑" : null,
            },
            idempotencyKey
        );

    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson =
            response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? false;
        return new Answer(
            response.StatusCode,
            isJson ? JsonDocument.Parse(text).RootElement : default,
            text,
            response.Headers.Location
        );
    }

    public void Dispose() => Http.Dispose();

    /// <summary>Is from now on who the answer says, if it says so.</summary>
    private Answer Adopt(Answer answer)
    {
        if (answer.Status == HttpStatusCode.OK)
        {
            var user = answer.Body.GetProperty("user");
            UserId = user.GetProperty("id").GetInt64();
            Email = user.GetProperty("email").GetString()!;
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                answer.Body.GetProperty("accessToken").GetString()
            );
        }

        return answer;
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, string Text, Uri? Location)
{
    /// <summary>The problem's stable code.</summary>
    public string? Code => Body.GetProperty("code").GetString();

    /// <summary>The status and what came with it, for messages.</summary>
    public override string ToString() => $"{(int)Status} {Text}";
}
