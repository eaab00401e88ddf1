using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Ledger;

namespace MsaShop.TossPayments.Faults;

/// <summary>The faults for one request, at most one of each kind.</summary>
internal sealed class FaultPlan(IReadOnlyDictionary<FaultKind, Fault> faults)
{
    public Fault? this[FaultKind kind] => faults.GetValueOrDefault(kind);

    public bool Has(FaultKind kind) => faults.ContainsKey(kind);
}

internal static class FaultTaking
{
    /// <summary>Uses up the oldest matching fault of each of these kinds, within the caller's transaction.</summary>
    public static async Task<FaultPlan> TakeFaultsAsync(
        this LedgerDbContext database,
        Operation? operation,
        string? orderId,
        string? paymentKey,
        params FaultKind[] kinds
    )
    {
        var matching = await database
            .Faults.Where(fault => kinds.Contains(fault.Kind))
            .Where(fault => fault.Operation == null || fault.Operation == operation)
            .Where(fault => fault.OrderId == null || fault.OrderId == orderId)
            .Where(fault => fault.PaymentKey == null || fault.PaymentKey == paymentKey)
            .OrderBy(fault => fault.Id)
            .ToListAsync();
        var taken = matching.DistinctBy(fault => fault.Kind).ToDictionary(fault => fault.Kind);
        foreach (var fault in taken.Values)
        {
            fault.Remaining--;
            if (fault.Remaining == 0)
            {
                database.Faults.Remove(fault);
            }
        }

        return new FaultPlan(taken);
    }
}
