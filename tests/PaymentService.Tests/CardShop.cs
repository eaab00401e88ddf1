using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.OrderEvents;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;
using MsaShop.TossPayments.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>One replica of payment-svc, whose log is kept.</summary>
public sealed class CardReplica() : ServiceFactory<Program>("paymentdb")
{
    private readonly LogRecorder _log = new();

    /// <summary>Every line that it logs, at any level.</summary>
    public ConcurrentQueue<string> Log => _log.Lines;

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(_log));
    }
}

/// <summary>payment-svc between a simulated Toss and a stub of order-svc.</summary>
public sealed class CardShop : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public OrderStub Orders { get; private set; } = null!;

    public TossSimulator Toss { get; private set; } = null!;

    /// <summary>The replica that serves unless a test says otherwise.</summary>
    public CardReplica Service { get; } = new();

    public async Task InitializeAsync()
    {
        Orders = await OrderStub.StartAsync();
        Toss = await TossSimulator.StartAsync();
        Configure(Service);
        await Service.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Toss.DisposeAsync();
        await Orders.DisposeAsync();
    }

    /// <summary>Another replica on the same database.</summary>
    public CardReplica StartReplica(Action<Dictionary<string, string?>>? configure = null, bool onRealPort = false)
    {
        var replica = new CardReplica();
        foreach (var (key, value) in Service.Settings)
        {
            replica.Settings[key] = value;
        }

        configure?.Invoke(replica.Settings);
        if (onRealPort)
        {
            replica.UseKestrel(0);
        }

        replica.StartServer();
        return replica;
    }

    public Task<HttpResponseMessage> ConfirmAsync(StubOrder order, string paymentKey, HttpClient? client = null) =>
        ConfirmAsync(order.UserId, order.Number, paymentKey, order.Total, client);

    public Task<HttpResponseMessage> ConfirmAsync(
        long userId,
        string orderId,
        string paymentKey,
        long amount,
        HttpClient? client = null
    ) =>
        (client ?? Service.CreateClientFor(userId)).PostAsJsonAsync(
            "/api/payments/confirm",
            new
            {
                paymentKey,
                orderId,
                amount,
            }
        );

    /// <summary>The payment as an administrator sees it.</summary>
    public Task<JsonElement> PaymentAsync(StubOrder order) =>
        Service.CreateAdminClient().GetAsync($"/api/payments/orders/{order.Id}").JsonAsync();

    /// <summary>Waits until the payment stands so, and is not being checked.</summary>
    public async Task<JsonElement> WaitForPaymentAsync(StubOrder order, string status)
    {
        JsonElement payment = default;
        await WaitAsync(
            async () =>
            {
                payment = await PaymentAsync(order);
                return payment.GetProperty("status").GetString() == status
                    && !payment.GetProperty("checking").GetBoolean();
            },
            () => $"The payment does not get {status}: {payment}"
        );
        return payment;
    }

    public static Task WaitForOrderAsync(StubOrder order, string status) =>
        WaitAsync(
            () => Task.FromResult(order.Status == status),
            () => $"The order does not get {status}: it is {order.Status}"
        );

    public static Task WaitForReleaseAsync(StubOrder order) =>
        WaitAsync(() => Task.FromResult(!order.Held && order.Releases > 0), () => "The order is not let go.");

    public static async Task WaitAsync(Func<Task<bool>> isSo, Func<string> complaint)
    {
        var until = DateTime.UtcNow + s_patience;
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < until, complaint());
            await Task.Delay(50);
        }
    }

    public async Task<List<CardAttempt>> AttemptsAsync(StubOrder order)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        return await database
            .CardAttempts.AsNoTracking()
            .Where(attempt => attempt.OrderNumber == order.Number)
            .OrderBy(attempt => attempt.Id)
            .ToListAsync();
    }

    /// <summary>Has payment-svc know of the order, as order-svc's feed would.</summary>
    public Task AwaitAsync(StubOrder order) =>
        QueryAsync(database =>
        {
            database.AwaitedCards.Add(
                new AwaitedCard
                {
                    OrderNumber = order.Number,
                    OrderId = order.Id,
                    UserId = order.UserId,
                    Amount = order.Total,
                    PlacedAt = DateTime.UtcNow,
                }
            );
            return database.SaveChangesAsync();
        });

    /// <summary>
    /// Stores an attempt as a process leaves it that dies on the way: to be settled once the lease is over.
    /// </summary>
    public Task<CardAttempt> LeaveAttemptAsync(
        StubOrder order,
        string paymentKey,
        TimeSpan lease,
        CardAttemptStatus status = CardAttemptStatus.Confirming,
        bool withMessage = true
    ) =>
        QueryAsync(async database =>
        {
            var now = DateTime.UtcNow;
            var payment = await database.Payments.SingleOrDefaultAsync(p => p.OrderId == order.Id);
            if (payment is null)
            {
                payment = new Payment
                {
                    OrderId = order.Id,
                    OrderNumber = order.Number,
                    UserId = order.UserId,
                    Amount = order.Total,
                    Method = PaymentMethod.Card,
                    PaymentKey = paymentKey,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                database.Add(payment);
                await database.SaveChangesAsync();
            }

            var attempt = new CardAttempt
            {
                PaymentId = payment.Id,
                OrderNumber = order.Number,
                PaymentKey = paymentKey,
                Amount = order.Total,
                Status = status,
                LeaseUntil = now + lease,
                CreatedAt = now,
                UpdatedAt = now,
            };
            database.Add(attempt);
            await database.SaveChangesAsync();
            if (withMessage && status == CardAttemptStatus.Confirming)
            {
                // Unless the service has found it already.
                await database.TransactBatchedAsync(
                    (transaction, _) =>
                    {
                        transaction.EnqueueSettling(attempt.Id, now + lease);
                        return Task.FromResult(true);
                    },
                    CancellationToken.None
                );
            }

            return attempt;
        });

    /// <summary>Has the background look at an attempt now.</summary>
    public Task<bool> SettleAsync(CardAttempt attempt) =>
        QueryAsync(database =>
            database.TransactBatchedAsync(
                (transaction, _) =>
                {
                    transaction.EnqueueSettling(attempt.Id);
                    return Task.FromResult(true);
                },
                CancellationToken.None
            )
        );

    /// <summary>Charges the card at Toss, as a process does that dies before it can write that down.</summary>
    public async Task ChargeAsync(StubOrder order, string paymentKey, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payments/confirm")
        {
            Headers = { { "Idempotency-Key", idempotencyKey } },
            Content = JsonContent.Create(
                new
                {
                    paymentKey,
                    orderId = order.Number,
                    amount = order.Total,
                }
            ),
        };
        (await Toss.Client.SendAsync(request)).EnsureSuccessStatusCode();
    }

    public async Task<T> QueryAsync<T>(Func<PaymentDbContext, Task<T>> query)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<PaymentDbContext>());
    }

    private void Configure(CardReplica replica)
    {
        replica.UseService("order-svc", Orders.Address);
        replica.Settings["Toss:BaseAddress"] = Toss.Address.GetLeftPart(UriPartial.Authority);
        replica.Settings["Toss:SecretKey"] = Toss.SecretKey;
        replica.Settings["Toss:ClientKey"] = Toss.ClientKey;
        replica.Settings["Toss:ConfirmTimeout"] = "00:00:02";
        replica.Settings["Outbox:PollingInterval"] = "00:00:00.100";
        replica.Settings["Holds:SweepInterval"] = "01:00:00";
        replica.Settings["Reconciliation:CheckInterval"] = "1.00:00:00";
        replica.Settings["Logging:LogLevel:Default"] = "Trace";
        replica.Settings["Logging:Console:LogLevel:Default"] = "None";
    }
}
