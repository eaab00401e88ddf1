using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Refunds;
using MsaShop.PaymentService.Toss;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;
using MsaShop.TossPayments.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>
/// payment-svc between a stand-in of order-svc and the simulator of Toss, as one replica or more on one database.
/// </summary>
public sealed class PaymentGraph : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly List<Replica> _replicas = [];

    public ShopOrders Orders { get; private set; } = null!;

    public TossSimulator Toss { get; private set; } = null!;

    public Replica Shop => _replicas[0];

    public HttpClient Admin => Shop.CreateAdminClient();

    public async Task InitializeAsync()
    {
        Orders = await ShopOrders.StartAsync();
        Toss = await TossSimulator.StartAsync();
        var replica = new Replica();
        replica.UseService(ServiceNames.Orders, Orders.Address);
        replica.Settings["Toss:BaseAddress"] = Toss.Address.ToString();
        replica.Settings["Toss:SecretKey"] = Toss.SecretKey;
        replica.Settings["Toss:ClientKey"] = Toss.ClientKey;
        replica.Settings["Toss:ConfirmTimeout"] = "00:00:01";
        replica.Settings["Toss:LookupTimeout"] = "00:00:02";
        replica.Settings["Outbox:PollingInterval"] = "00:00:00.1";
        replica.Settings["OrderEvents:PollingInterval"] = "00:00:00.05";
        replica.Settings["OrderEvents:SetAsideInterval"] = "1.00:00:00";
        replica.Settings["Reconciliation:CheckInterval"] = "1.00:00:00";
        await replica.InitializeAsync();
        Start(replica);
    }

    /// <summary>Starts another replica on the same database.</summary>
    /// <param name="configure">Changes its settings.</param>
    public Replica AddReplica(Action<Dictionary<string, string?>>? configure = null)
    {
        var replica = new Replica();
        foreach (var (key, value) in Shop.Settings)
        {
            replica.Settings[key] = value;
        }

        configure?.Invoke(replica.Settings);
        return Start(replica);
    }

    /// <summary>Ends every replica where it is, and starts one anew.</summary>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        var fresh = new Replica();
        foreach (var (key, value) in Shop.Settings)
        {
            fresh.Settings[key] = value;
        }

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        _replicas.Clear();
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        Start(fresh);
    }

    private Replica Start(Replica replica)
    {
        _replicas.Add(replica);
        _ = replica.Services;
        return replica;
    }

    /// <summary>A card order that is paid: confirmed at order-svc, completed here, charged at Toss.</summary>
    public async Task<Payment> AddCardPaymentAsync(
        long amount = 30_000,
        bool partialCancelable = true,
        DateTime? at = null,
        bool confirmed = true
    )
    {
        var order = Orders.Place(PaymentMethod.Card, amount, at: at);
        var key = await ChargeAsync(order.OrderNumber, amount, partialCancelable);
        var payment = await AddPaymentAsync(order, PaymentStatus.Completed, key);
        if (confirmed)
        {
            Orders.Move(order.Id, OrderStatus.Confirmed, PaymentActor.System, userId: null, at: at);
        }

        return payment;
    }

    /// <summary>Charges a card at Toss, whatever the shop thinks of it.</summary>
    public async Task<string> ChargeAsync(string orderNumber, long amount, bool partialCancelable = true)
    {
        var key = await Toss.AuthorizeAsync(orderNumber, amount, partialCancelable: partialCancelable);
        using var answer = await Toss.Client.PostAsJsonAsync(
            "/v1/payments/confirm",
            new
            {
                paymentKey = key,
                orderId = orderNumber,
                amount,
            }
        );
        answer.EnsureSuccessStatusCode();
        return key;
    }

    /// <summary>Gives money back in Toss's own console.</summary>
    public async Task RefundAtTossAsync(string paymentKey, long amount, string reason = "콘솔에서 환불")
    {
        using var answer = await Toss.Client.PostAsJsonAsync(
            $"/v1/payments/{paymentKey}/cancel",
            new { cancelReason = reason, cancelAmount = amount }
        );
        answer.EnsureSuccessStatusCode();
    }

    public async Task<Payment> AddPaymentAsync(
        TestOrder order,
        PaymentStatus status,
        string? paymentKey = null,
        decimal refunded = 0
    )
    {
        var payment = new Payment
        {
            OrderId = order.Id,
            OrderNumber = order.OrderNumber,
            UserId = order.UserId,
            Amount = order.TotalPrice,
            Method = order.PaymentMethod,
            PaymentKey = paymentKey,
            DepositorName = order.DepositorName,
            CreatedAt = order.CreatedAt,
            UpdatedAt = order.CreatedAt,
        };
        if (status != PaymentStatus.Pending)
        {
            payment.Move(PaymentStatus.Completed, Actor.Shop("test"), order.CreatedAt);
        }

        if (refunded > 0)
        {
            payment.GiveBack(refunded, Actor.Shop("test"), order.CreatedAt);
        }

        if (payment.Status != status)
        {
            payment.Move(status, Actor.Shop("test"), order.CreatedAt);
        }

        await InDatabaseAsync(async database =>
        {
            database.Payments.Add(payment);
            return await database.SaveChangesAsync();
        });
        return payment;
    }

    public async Task<T> InDatabaseAsync<T>(Func<PaymentDbContext, Task<T>> work)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PaymentDbContext>());
    }

    /// <summary>The order's payment with its history and refunds, or null.</summary>
    public Task<Payment?> FindAsync(long orderId) =>
        InDatabaseAsync(database =>
            database
                .Payments.AsNoTracking()
                .Include(payment => payment.History.OrderBy(change => change.Id))
                .Include(payment => payment.Refunds.OrderBy(refund => refund.Id))
                .FirstOrDefaultAsync(payment => payment.OrderId == orderId)
        );

    /// <summary>The order's payment, once it is so.</summary>
    public async Task<Payment> WaitAsync(long orderId, Func<Payment, bool> isSo)
    {
        Payment? payment = null;
        await WaitAsync(
            async () =>
            {
                payment = await FindAsync(orderId);
                return payment is not null && isSo(payment);
            },
            () =>
                $"The payment of order {orderId} stands so: {payment?.Status.ToString() ?? "none"}, back {payment?.RefundedAmount}, refunds: {string.Join(", ", payment?.Refunds.Select(r => $"{r.Amount} {r.Status} {r.TossCode}") ?? [])}"
        );
        return payment!;
    }

    public Task<Payment> WaitAsync(long orderId, PaymentStatus status) =>
        WaitAsync(orderId, payment => payment.Status == status);

    /// <summary>Waits until every event so far has had its effect.</summary>
    public async Task ReadFeedToEndAsync()
    {
        // Of an event that comes last, the effect shows that those before it had theirs.
        var last = Orders.Place();
        await WaitAsync(last.Id, PaymentStatus.Pending);
    }

    public static async Task WaitAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < s_patience, otherwise());
            await Task.Delay(20);
        }
    }

    /// <summary>Asks for a refund.</summary>
    public Task<HttpResponseMessage> RefundAsync(
        Payment payment,
        long? amount = null,
        string reason = "변심",
        string? key = null,
        HttpClient? admin = null
    )
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"/api/payments/{payment.Id}/refund")
        )
        {
            Content = JsonContent.Create(new { amount, reason }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return (admin ?? Admin).SendAsync(request);
    }

    /// <summary>What Toss has given back of a payment, refund by refund.</summary>
    public async Task<long[]> ListRefundsAtTossAsync(Payment payment) =>
        [.. (await Toss.PaymentAsync(payment.PaymentKey!)).Cancels.Select(cancel => cancel.Amount)];

    /// <summary>Toss has given back these amounts, and no others.</summary>
    public async Task RefundedAtTossAsync(Payment payment, params long[] amounts) =>
        Assert.Equal(amounts, await ListRefundsAtTossAsync(payment));

    /// <summary>What happens when a webhook has Toss asked for the payment.</summary>
    public async Task RecordRefundsAsync(Payment payment)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var told = await services.GetRequiredService<TossClient>().FindAsync(payment.PaymentKey!, default);
        await services
            .GetRequiredService<PaymentStore>()
            .ChangeAsync(
                new PaymentKey.Of(payment.Id),
                new PaymentCommand.RecordRefunds(Assert.IsType<TossAnswer.Success>(told).Payment),
                default
            );
    }

    public async Task<JsonElement> ReconcileAsync(int grace = 0, DateTime? from = null) =>
        await Admin
            .GetAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/api/payments/reconciliation?grace={grace}{(from is null ? "" : $"&from={from:O}")}"
                )
            )
            .JsonAsync();

    public async Task DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Toss.DisposeAsync();
        await Orders.DisposeAsync();
    }
}

/// <summary>One process of payment-svc.</summary>
public sealed class Replica() : ServiceFactory<Program>("paymentdb");
