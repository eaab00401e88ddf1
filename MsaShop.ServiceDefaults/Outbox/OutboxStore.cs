using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Outbox;

/// <summary>The SQL of the dispatcher and the administrators' endpoints.</summary>
internal sealed class OutboxStore(DbContext database, TimeProvider time)
{
    private const string Pending = "status = 'PENDING' AND (locked_until IS NULL OR locked_until <= {0})";

    public IQueryable<OutboxMessage> Messages => database.Set<OutboxMessage>().AsNoTracking();

    /// <summary>Claims due messages without blocking: it skips rows that others are inserting or claiming.</summary>
    public Task<List<OutboxMessage>> ClaimDueAsync(
        int limit,
        IReadOnlyCollection<string> types,
        Func<OutboxMessage, TimeSpan> lease,
        CancellationToken cancellationToken
    )
    {
        var placeholders = string.Join(", ", types.Select((_, index) => $"{{{index + 2}}}"));
        // The index yields the order, so no more rows are locked than are claimed.
        return ClaimAsync(
            $$"""
            SELECT * FROM outbox_messages FORCE INDEX ({{OutboxModel.DueIndex}})
            WHERE {{Pending}} AND next_attempt_at <= {0} AND type IN ({{placeholders}})
            ORDER BY next_attempt_at LIMIT {1} FOR UPDATE SKIP LOCKED
            """,
            [limit, .. types],
            lease,
            cancellationToken
        );
    }

    /// <summary>Claims one message, due or not.</summary>
    /// <returns>The message, or null if it is not pending or another worker has claimed it.</returns>
    public async Task<OutboxMessage?> ClaimAsync(
        long id,
        Func<OutboxMessage, TimeSpan> lease,
        CancellationToken cancellationToken
    )
    {
        var claimed = await ClaimAsync(
            $$"""SELECT * FROM outbox_messages WHERE {{Pending}} AND id = {1} FOR UPDATE SKIP LOCKED""",
            [id],
            lease,
            cancellationToken
        );
        return claimed.SingleOrDefault();
    }

    private Task<List<OutboxMessage>> ClaimAsync(
        string sql,
        object[] arguments,
        Func<OutboxMessage, TimeSpan> lease,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync(
            async token =>
            {
                database.ChangeTracker.Clear();
                var now = time.GetStorableNow();
                var messages = await database
                    .Set<OutboxMessage>()
                    .FromSqlRaw(sql, [now, .. arguments])
                    .AsTracking()
                    .ToListAsync(token);
                foreach (var message in messages)
                {
                    message.Claim(now + lease(message));
                }

                await database.SaveChangesAsync(token);
                return messages;
            },
            cancellationToken
        );

    /// <summary>
    /// Completes a message, unless it was hastened meanwhile (then it is delivered again) or the claim is no longer
    /// ours (then its new holder decides).
    /// </summary>
    public async Task<bool> EndAsync(OutboxMessage claimed, OutboxStatus status, string? error)
    {
        var now = time.GetStorableNow();
        // In SQL, because this runs for every message: an expression would be translated each time.
        var ended = await database.ExecuteStatementAsync(
            $"""
            UPDATE outbox_messages
            SET status = {status.ToWord()}, failures = {claimed.Failures}, last_error = {error},
                live_key = NULL, locked_until = NULL, locked_by = NULL, done_at = {now}
            WHERE id = {claimed.Id} AND status = 'PENDING' AND locked_by = {claimed.LockedBy}
                AND hastened_to IS NULL
            """,
            CancellationToken.None
        );
        return ended == 1 || await PutBackAsync(claimed, DateTime.MaxValue.AddYears(-1), error);
    }

    /// <summary>Completes a batch of done messages.</summary>
    public async Task EndAsync(IReadOnlyCollection<OutboxMessage> claimed)
    {
        var now = time.GetStorableNow();
        var ids = claimed.Select(message => message.Id).ToList();
        // Claim names are unique, so ids and names need not be matched in pairs.
        var claims = claimed.Select(message => message.LockedBy).ToList();
        var ended = await Messages
            .Where(message =>
                ids.Contains(message.Id)
                && message.Status == OutboxStatus.Pending
                && claims.Contains(message.LockedBy)
                && message.HastenedTo == null
            )
            .ExecuteUpdateAsync(message =>
                message
                    .SetProperty(m => m.Status, OutboxStatus.Done)
                    .SetProperty(m => m.LastError, (string?)null)
                    .SetProperty(m => m.LiveKey, (string?)null)
                    .SetProperty(m => m.LockedUntil, (DateTime?)null)
                    .SetProperty(m => m.LockedBy, (string?)null)
                    .SetProperty(m => m.DoneAt, now)
            );
        if (ended == claimed.Count)
        {
            return;
        }

        foreach (var message in claimed)
        {
            await EndAsync(message, OutboxStatus.Done, error: null);
        }
    }

    /// <summary>Releases a message for its next attempt, at this time or, if hastened meanwhile, earlier.</summary>
    public async Task<bool> PutBackAsync(OutboxMessage claimed, DateTime nextAttemptAt, string? error) =>
        await Mine(claimed)
            .ExecuteUpdateAsync(message =>
                message
                    .SetProperty(
                        m => m.NextAttemptAt,
                        m => m.HastenedTo != null && m.HastenedTo < nextAttemptAt ? m.HastenedTo.Value : nextAttemptAt
                    )
                    .SetProperty(m => m.Failures, claimed.Failures)
                    .SetProperty(m => m.LastError, error)
                    .SetProperty(m => m.LockedUntil, (DateTime?)null)
                    .SetProperty(m => m.LockedBy, (string?)null)
            ) == 1;

    /// <summary>Makes a dead message pending again, with its counters reset.</summary>
    /// <returns>Whether the message was dead.</returns>
    public async Task<bool> ReviveAsync(long id, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var dead = Messages.Where(message => message.Id == id && message.Status == OutboxStatus.Dead);
        // Checked first, because an update retried after a lost answer would find its own work.
        if (!await dead.AnyAsync(cancellationToken))
        {
            return false;
        }

        await dead.ExecuteUpdateAsync(
            message =>
                message
                    .SetProperty(m => m.Status, OutboxStatus.Pending)
                    .SetProperty(m => m.LiveKey, m => m.Key)
                    .SetProperty(m => m.Attempts, 0)
                    .SetProperty(m => m.Failures, 0)
                    .SetProperty(m => m.NextAttemptAt, now)
                    .SetProperty(m => m.DueAt, now)
                    .SetProperty(m => m.DoneAt, (DateTime?)null),
            cancellationToken
        );
        return true;
    }

    /// <summary>Throws if the messages cannot be read. Bypasses Entity Framework, which would log an error.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var connection = database.Database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM outbox_messages LIMIT 1";
            await command.ExecuteScalarAsync(cancellationToken);
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    public async Task<OutboxCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await Messages
            // Naming both statuses lets the index be used; "not done" would scan all of it.
            .Where(message => message.Status == OutboxStatus.Pending || message.Status == OutboxStatus.Dead)
            .GroupBy(message => message.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.LongCount(),
                Oldest = group.Min(message => message.DueAt),
            })
            .ToListAsync(cancellationToken);
        var pending = counts.SingleOrDefault(count => count.Status == OutboxStatus.Pending);
        var dead = counts.SingleOrDefault(count => count.Status == OutboxStatus.Dead);
        return new OutboxCounts(pending?.Count ?? 0, dead?.Count ?? 0, pending?.Oldest);
    }

    private IQueryable<OutboxMessage> Mine(OutboxMessage claimed) =>
        Messages.Where(message =>
            message.Id == claimed.Id && message.Status == OutboxStatus.Pending && message.LockedBy == claimed.LockedBy
        );
}

/// <param name="OldestDue">When the oldest pending message became, or will become, due.</param>
internal sealed record OutboxCounts(long Pending, long Dead, DateTime? OldestDue);
