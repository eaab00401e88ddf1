using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Ledger;

namespace MsaShop.TossPayments.Api;

/// <summary>A request that brought an <c>Idempotency-Key</c>, and its answer once there is one.</summary>
internal sealed class IdempotentRequest
{
    public required string Key { get; init; }

    public required string SecretKey { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Null while the request is running.</summary>
    public int? Status { get; set; }

    public string? Body { get; set; }
}

/// <summary>Keeps answers for fifteen days. The body is not part of the identity, as at Toss.</summary>
internal sealed record Idempotency(string Key, string SecretKey, string Method, string Path)
{
    public const int MaxKeyLength = 300;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(15);

    /// <summary>Starts the request, or returns the earlier one that it repeats.</summary>
    public Task<IdempotentRequest?> BeginAsync(LedgerStore ledger, SimulatorClock clock) =>
        ledger.ChangeAsync(async database =>
        {
            var now = clock.UtcNow;
            if (await Find(database).SingleOrDefaultAsync() is { } earlier)
            {
                if (earlier.CreatedAt + s_lifetime > now)
                {
                    return earlier;
                }

                database.IdempotentRequests.Remove(earlier);
                await database.SaveChangesAsync();
            }

            database.IdempotentRequests.Add(
                new IdempotentRequest
                {
                    Key = Key,
                    SecretKey = SecretKey,
                    Method = Method,
                    Path = Path,
                    CreatedAt = now,
                }
            );
            return null;
        });

    /// <summary>Stores the answer, in the transaction that did what was asked.</summary>
    public async Task CompleteAsync(LedgerDbContext database, TossAnswer answer)
    {
        var request = await Find(database).SingleAsync();
        request.Status = answer.Status;
        request.Body = answer.Body;
    }

    /// <summary>Forgets the request: it never got an answer.</summary>
    public Task ForgetAsync(LedgerStore ledger) =>
        ledger.ChangeAsync(database => Find(database).Where(request => request.Status == null).ExecuteDeleteAsync());

    private IQueryable<IdempotentRequest> Find(LedgerDbContext database) =>
        database.IdempotentRequests.Where(request =>
            request.Key == Key && request.SecretKey == SecretKey && request.Method == Method && request.Path == Path
        );
}
