using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Payments;

internal sealed class PaymentExpiry(LedgerStore ledger, SimulatorClock clock, WebhookOutbox webhooks)
{
    /// <summary>Expires every payment whose time is over.</summary>
    public async Task ExpireDueAsync()
    {
        var now = clock.UtcNow;
        if (!await ledger.ReadAsync(database => Due(database, now).AnyAsync()))
        {
            return;
        }

        await ledger.ChangeAsync(async database =>
        {
            foreach (var payment in await Due(database, now).Include(payment => payment.Cancels).ToListAsync())
            {
                payment.Expire();
                await webhooks.AddAsync(database, payment);
            }
        });
    }

    private static IQueryable<Payment> Due(LedgerDbContext database, DateTime now) =>
        database.Payments.Where(payment => payment.ExpiresAt <= now).OrderBy(payment => payment.ExpiresAt);
}
