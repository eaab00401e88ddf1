using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Outbox;

/// <summary>The messages as the dispatcher and administrators see and change them.</summary>
internal sealed class OutboxStore(DbContext database, TimeProvider time)
{
    private const string Pending = "status = 'PENDING' AND (locked_until IS NULL OR locked_until <= {0})";

    public IQueryable<OutboxMessage> Messages => database.Set<OutboxMessage>().AsNoTracking();

    /// <summary>
    /// Takes due messages for this process alone, for as long as the lease says. Nobody waits for anybody: what others
    /// are just taking, or have not committed yet, is passed over.
    /// </summary>
    public Task<List<OutboxMessage>> ClaimDueAsync(
        int limit,
        IReadOnlyCollection<string> types,
        Func<OutboxMessage, TimeSpan> lease,
        CancellationToken cancellationToken
    )
    {
        var placeholders = string.Join(", ", types.Select((_, index) => $"{{{index + 2}}}"));
        // The index gives the order, so that no more rows are locked than are taken.
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

    /// <summary>Takes one message, due or not.</summary>
    /// <returns>The message, or null if it is not pending, or somebody else has it.</returns>
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
    /// Ends a message, unless it was hastened meanwhile, or is no longer ours: then it comes again, or somebody else
    /// decides about it.
    /// </summary>
    public async Task<bool> EndAsync(OutboxMessage claimed, OutboxStatus status, string? error)
    {
        var now = time.GetStorableNow();
        // In SQL, for this ends every message: the statement costs less than an expression that is translated each time.
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

    /// <summary>Ends messages whose work is done, as the other does each.</summary>
    public async Task EndAsync(IReadOnlyCollection<OutboxMessage> claimed)
    {
        var now = time.GetStorableNow();
        var ids = claimed.Select(message => message.Id).ToList();
        // Each claim has a name of its own.
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

    /// <summary>Gives a message back, to be handled at this time or, if it was hastened meanwhile, when that says.</summary>
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

    /// <summary>Has a dead message tried again, from the start.</summary>
    /// <returns>Whether it was dead.</returns>
    public async Task<bool> ReviveAsync(long id, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var dead = Messages.Where(message => message.Id == id && message.Status == OutboxStatus.Dead);
        // Before: the update is sent again when its answer gets lost, and then finds what it has done itself.
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

    /// <summary>Throws where the messages cannot be read, without an error in Entity Framework's log.</summary>
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

    /// <summary>How many messages are pending and dead, and since when the oldest has been due.</summary>
    public async Task<OutboxCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await Messages
            // Both named: "not done" would have the index read from end to end.
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

/// <summary>The state of the outbox as a whole.</summary>
/// <param name="Pending">How many messages are pending.</param>
/// <param name="Dead">How many are dead.</param>
/// <param name="OldestDue">Since when the first of the pending ones has been due, or will be.</param>
internal sealed record OutboxCounts(long Pending, long Dead, DateTime? OldestDue);
