using Microsoft.Extensions.DependencyInjection;
using MsaShop.PaymentService.Payments;
using MsaShop.Testing;

namespace MsaShop.PaymentService.Tests;

/// <summary>payment-svc with its database.</summary>
public sealed class PaymentShop() : ServiceFactory<Program>("paymentdb")
{
    private static long s_lastId = 1000;

    /// <inheritdoc />
    public override Task InitializeAsync()
    {
        Settings["Toss:BaseAddress"] = "http://127.0.0.1:1";
        Settings["Toss:SecretKey"] = "test_sk_of_the_tests";
        Settings["Toss:ClientKey"] = "test_ck_of_the_tests";
        return base.InitializeAsync();
    }

    /// <summary>An id of a user or an order of whom no other test knows.</summary>
    public static long NewId() => Interlocked.Increment(ref s_lastId);

    /// <summary>Stores a payment, as a later event or confirmation will.</summary>
    public async Task<Payment> AddAsync(
        long userId,
        PaymentMethod method = PaymentMethod.Card,
        PaymentStatus status = PaymentStatus.Completed,
        string? paymentKey = null,
        string? depositorName = null
    )
    {
        var orderId = NewId();
        var payment = new Payment
        {
            OrderId = orderId,
            OrderNumber = $"20261122-TEST{orderId}",
            UserId = userId,
            Amount = 32_500,
            RefundedAmount = 2_500,
            Method = method,
            PaymentKey = paymentKey,
            DepositorName = depositorName,
            CreatedAt = new DateTime(2026, 11, 22, 1, 2, 3, DateTimeKind.Utc).AddMinutes(orderId),
            UpdatedAt = DateTime.UtcNow,
        };
        if (status != PaymentStatus.Pending)
        {
            payment.Move(status, Actor.Shop("test"), payment.UpdatedAt);
        }

        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        database.Payments.Add(payment);
        await database.SaveChangesAsync();
        return payment;
    }
}
