using Microsoft.EntityFrameworkCore;
using MsaShop.TossPayments.Ledger;

namespace MsaShop.TossPayments.Api;

/// <summary>A request with an <c>Idempotency-Key</c>, and its answer.</summary>
internal sealed class IdempotentRequest
{
    public required string Key { get; init; }

    public required string SecretKey { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }
}

/// <summary>Stores answers for fifteen days. As at Toss, the body is not part of a request's identity.</summary>
internal sealed record Idempotency(string Key, string SecretKey, string Method, string Path)
{
    public const int MaxKeyLength = 300;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(15);

    /// <summary>The answer to the earlier request that this one repeats, or null.</summary>
    public async Task<TossAnswer?> FindAnswerAsync(LedgerStore ledger, DateTime now)
    {
        var earlier = await ledger.ReadAsync(database => Find(database).SingleOrDefaultAsync());
        if (earlier is null)
        {
            return null;
        }

        var end = now - s_lifetime;
        if (earlier.CreatedAt > end)
        {
            return new TossAnswer(earlier.Status, earlier.Body);
        }

        await ledger.ChangeAsync(database =>
            Find(database).Where(request => request.CreatedAt <= end).ExecuteDeleteAsync()
        );
        return null;
    }

    /// <summary>Stores the answer, in the transaction of the operation.</summary>
    public void Store(LedgerDbContext database, TossAnswer answer, DateTime now) =>
        database.IdempotentRequests.Add(
            new IdempotentRequest
            {
                Key = Key,
                SecretKey = SecretKey,
                Method = Method,
                Path = Path,
                CreatedAt = now,
                Status = answer.Status,
                Body = answer.Body,
            }
        );

    private IQueryable<IdempotentRequest> Find(LedgerDbContext database) =>
        database.IdempotentRequests.Where(request =>
            request.Key == Key && request.SecretKey == SecretKey && request.Method == Method && request.Path == Path
        );
}
