using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using MsaShop.ServiceDefaults.Http;
using MsaShop.TossPayments.Checkout;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Testing;

/// <summary>A simulator in the test's process, on a free loopback port and with a data file of its own.</summary>
public sealed class TossSimulator : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("toss-payments-").FullName;
    private readonly string[] _settings;
    private WebApplication _app;

    private TossSimulator(string clientKey, string secretKey, Uri? webhookUrl, IEnumerable<string> settings)
    {
        ClientKey = clientKey;
        SecretKey = secretKey;
        _settings =
        [
            $"--Simulator:ClientKey={clientKey}",
            $"--Simulator:SecretKey={secretKey}",
            $"--Simulator:DataFile={Path.Combine(_folder, "toss-payments.db")}",
            .. webhookUrl is null ? Array.Empty<string>() : [$"--Simulator:WebhookUrl={webhookUrl}"],
            "--Logging:LogLevel:Default=Warning",
            .. settings,
        ];
        _app = Build("http://127.0.0.1:0");
    }

    /// <summary>The key of the browser's script.</summary>
    public string ClientKey { get; }

    /// <summary>The key of payment-svc.</summary>
    public string SecretKey { get; }

    /// <summary>The address that it listens on.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>A client for <c>/sim</c> and, with the secret key, <c>/v1</c>; it follows no redirects.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts a simulator.</summary>
    /// <param name="webhookUrl">The webhooks' address; without it, none are sent.</param>
    /// <param name="settings">Further configuration, as command-line arguments.</param>
    public static async Task<TossSimulator> StartAsync(
        string clientKey = "test_ck_local",
        string secretKey = "test_sk_local",
        Uri? webhookUrl = null,
        params string[] settings
    )
    {
        var simulator = new TossSimulator(clientKey, secretKey, webhookUrl, settings);
        await simulator._app.StartAsync();
        simulator.Address = new Uri(simulator._app.Urls.First());
        simulator.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = simulator.Address,
            DefaultRequestHeaders =
            {
                Authorization = new(
                    "Basic",
                    Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{secretKey}:"))
                ),
            },
        };
        return simulator;
    }

    /// <summary>Stops it: its port refuses connections until <see cref="StartAgainAsync"/>.</summary>
    public async Task StopAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Restarts it on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        _app = Build(Address.GetLeftPart(UriPartial.Authority));
        await _app.StartAsync();
    }

    /// <summary>Creates a payment that the buyer has authorized, ready to be confirmed, and returns its key.</summary>
    /// <param name="amount">The amount in won.</param>
    /// <param name="refuseWith">The error code with which the confirm will be refused.</param>
    public async Task<string> AuthorizeAsync(
        string orderId,
        long amount,
        string? refuseWith = null,
        bool partialCancelable = true
    ) =>
        (
            await OpenAsync(
                new NewPayment(
                    ClientKey,
                    orderId,
                    "Test order",
                    new Amount("KRW", amount),
                    RefuseWith: refuseWith,
                    PartialCancelable: partialCancelable,
                    Authorize: true
                )
            )
        ).PaymentKey;

    /// <summary>Opens a payment window.</summary>
    public async Task<OpenedPayment> OpenAsync(NewPayment payment) =>
        await ReadAsync<OpenedPayment>(Client.PostAsJsonAsync("/sim/payments", payment, ShopJson.Options));

    /// <summary>Injects a fault.</summary>
    public async Task<WaitingFault> AddFaultAsync(
        FaultKind kind,
        Operation? operation = null,
        string? orderId = null,
        string? paymentKey = null,
        int count = 1,
        double seconds = 5,
        string? code = null
    ) =>
        await ReadAsync<WaitingFault>(
            Client.PostAsJsonAsync(
                "/sim/faults",
                new AddFault(kind, count, operation, orderId, paymentKey, seconds, code),
                ShopJson.Options
            )
        );

    /// <summary>Removes all faults.</summary>
    public async Task ClearFaultsAsync() => await SucceedAsync(Client.DeleteAsync("/sim/faults"));

    /// <summary>Moves its clock forward.</summary>
    public async Task AdvanceAsync(TimeSpan by) =>
        await SucceedAsync(Client.PostAsJsonAsync("/sim/clock", new { seconds = by.TotalSeconds }));

    /// <summary>Changes the webhooks' address.</summary>
    public async Task SendWebhooksToAsync(Uri url) =>
        await SucceedAsync(Client.PostAsJsonAsync("/sim/webhook-url", new { url }));

    /// <summary>All payments in the ledger, or one order's.</summary>
    public async Task<IReadOnlyList<ListedPayment>> PaymentsAsync(string? orderId = null) =>
        await ReadAsync<ListedPayment[]>(Client.GetAsync(WithOrder("/sim/payments", orderId)));

    /// <summary>The payment with this key.</summary>
    public async Task<ListedPayment> PaymentAsync(string paymentKey) =>
        (await PaymentsAsync()).Single(payment => payment.PaymentKey == paymentKey);

    /// <summary>All webhooks in the ledger, or one order's.</summary>
    public async Task<IReadOnlyList<SentWebhook>> WebhooksAsync(string? orderId = null) =>
        await ReadAsync<SentWebhook[]>(Client.GetAsync(WithOrder("/sim/webhooks", orderId)));

    /// <summary>Releases webhooks that are held.</summary>
    public async Task ReleaseWebhooksAsync(string? orderId = null) =>
        await SucceedAsync(Client.PostAsync(WithOrder("/sim/webhooks/release", orderId), null));

    /// <summary>Sends a webhook again.</summary>
    public async Task ResendWebhookAsync(long id) =>
        await SucceedAsync(
            Client.PostAsync(string.Create(CultureInfo.InvariantCulture, $"/sim/webhooks/{id}/resend"), null)
        );

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private WebApplication Build(string address) => SimulatorApp.Build([.. _settings, $"--urls={address}"]);

    private static string WithOrder(string path, string? orderId) =>
        orderId is null ? path : QueryHelpers.AddQueryString(path, "orderId", orderId);

    private static async Task<T> ReadAsync<T>(Task<HttpResponseMessage> sending)
    {
        using var answer = await SucceedAsync(sending);
        return (await answer.Content.ReadFromJsonAsync<T>(ShopJson.Options))!;
    }

    private static async Task<HttpResponseMessage> SucceedAsync(Task<HttpResponseMessage> sending)
    {
        var answer = await sending;
        return answer.IsSuccessStatusCode
            ? answer
            : throw new HttpRequestException(
                $"The simulator answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
            );
    }
}
