using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Outbox;

/// <summary>
/// Writing to the outbox: together with the change that causes the message, in the same <c>SaveChanges</c> or transaction.
/// </summary>
public static class OutboxExtensions
{
    private const string Insertion = """
        INSERT INTO outbox_messages
            (type, `key`, live_key, payload, trace_parent, trace_state, status, attempts, failures, next_attempt_at,
             due_at, locked_until, locked_by, created_at)
        VALUES
            ({0}, {1}, {2}, {3}, {4}, {5}, 'PENDING', {6}, 0, {7}, {8}, {9}, {10}, {11})
        """;

    // The id of the row that is there already is told as if it had been inserted.
    private const string Hastening = """

        ON DUPLICATE KEY UPDATE
            id = LAST_INSERT_ID(id),
            next_attempt_at = LEAST(next_attempt_at, {7}),
            due_at = LEAST(due_at, {8}),
            hastened_to = LEAST(COALESCE(hastened_to, {7}), {7})
        """;

    /// <summary>Adds a message, which <c>SaveChanges</c> stores.</summary>
    /// <param name="key">
    /// What it is about. Where a message of the type and key is pending already, <c>SaveChanges</c> fails with a duplicate
    /// key; <see cref="EnqueueOrHastenAsync"/> does not.
    /// </param>
    /// <param name="notBefore">The earliest time for it; now by default.</param>
    public static OutboxMessage Enqueue<TMessage>(
        this DbContext database,
        TMessage message,
        string? key = null,
        DateTime? notBefore = null
    )
        where TMessage : IOutboxMessage
    {
        var row = CreateRow(database, message, key, notBefore);
        database.Add(row);
        Announce(database, row);
        return row;
    }

    /// <summary>
    /// Adds a message that whoever adds it delivers, by <see cref="OutboxDispatcher.TryDeliverAsync"/> after the commit. Nobody else
    /// takes it before the time for that is over.
    /// </summary>
    /// <param name="dispatcher">Who will deliver it.</param>
    /// <param name="key">What it is about, as for <see cref="Enqueue{TMessage}(DbContext, TMessage, string?, DateTime?)"/>.</param>
    public static OutboxMessage EnqueueReserved<TMessage>(
        this DbContext database,
        TMessage message,
        OutboxDispatcher dispatcher,
        string? key = null
    )
        where TMessage : IOutboxMessage
    {
        var row = CreateRow(database, message, key, notBefore: null, isReserved: true);
        dispatcher.Claim(row, row.CreatedAt);
        database.Add(row);
        return row;
    }

    /// <summary>
    /// The same as <see cref="EnqueueReserved"/> in a batched transaction. Once it is sent, whoever sends it writes down the id that
    /// the message got.
    /// </summary>
    /// <param name="dispatcher">Who will deliver it.</param>
    /// <param name="key">What it is about, as for <see cref="Enqueue{TMessage}(DbContext, TMessage, string?, DateTime?)"/>.</param>
    public static OutboxMessage WriteReserved<TMessage>(
        this BatchedTransaction transaction,
        TMessage message,
        OutboxDispatcher dispatcher,
        string? key = null
    )
        where TMessage : IOutboxMessage
    {
        var row = CreateRow(transaction.Database, message, key, notBefore: null, isReserved: true);
        dispatcher.Claim(row, row.CreatedAt);
        Insert(transaction, row);
        return row;
    }

    /// <summary>
    /// The same as <see cref="Enqueue{TMessage}(DbContext, TMessage, string?, DateTime?)"/> in a batched transaction. Once it is sent,
    /// whoever sends it writes down the id that the message got, if it is to be delivered at once.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="key">What it is about.</param>
    public static OutboxMessage Enqueue<TMessage>(
        this BatchedTransaction transaction,
        TMessage message,
        string? key = null
    )
        where TMessage : IOutboxMessage
    {
        var row = CreateRow(transaction.Database, message, key, notBefore: null);
        Insert(transaction, row);
        var services = transaction.Database.GetServices();
        transaction.OnCommitted(() => services?.GetService<OutboxSignal>()?.Set());
        return row;
    }

    private static void Insert(BatchedTransaction transaction, OutboxMessage row) =>
        transaction.Write(
            $"""
            INSERT INTO outbox_messages
                (type, `key`, live_key, payload, trace_parent, trace_state, status, attempts, failures, next_attempt_at,
                 due_at, locked_until, locked_by, created_at)
            VALUES
                ({row.Type}, {row.Key}, {row.LiveKey}, {row.Payload}, {row.TraceParent}, {row.TraceState}, 'PENDING',
                 {row.Attempts}, 0, {row.NextAttemptAt}, {row.DueAt}, {row.LockedUntil}, {row.LockedBy}, {row.CreatedAt})
            """
        );

    /// <summary>Adds a message, which is stored with what causes it.</summary>
    /// <param name="transaction">The transaction of what causes it.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">What it is about, and when and by whom it is delivered.</param>
    /// <returns>The message; it has its id from the commit on, if nothing is inserted after it.</returns>
    public static OutboxMessage Enqueue<TMessage>(
        this BatchedTransaction transaction,
        TMessage message,
        EnqueueOptions options
    )
        where TMessage : IOutboxMessage
    {
        var database = transaction.Database;
        var row = CreateRow(database, message, options.Key, options.NotBefore, options.DeliveredBy is not null);
        options.DeliveredBy?.Claim(row, row.CreatedAt);
        transaction.Write(
            FormattableStringFactory.Create(
                options.Hastens ? Insertion + Hastening : Insertion,
                row.Type,
                row.Key,
                row.LiveKey,
                row.Payload,
                row.TraceParent,
                row.TraceState,
                row.Attempts,
                row.NextAttemptAt,
                row.DueAt,
                row.LockedUntil,
                row.LockedBy,
                row.CreatedAt
            ),
            inserted: id => row.Id = id
        );
        // Whoever delivers it needs nobody else to look, and for what is not due yet the worker would look for nothing.
        if (!row.IsReserved && row.NextAttemptAt <= row.CreatedAt)
        {
            transaction.OnCommitted(() => database.GetServices()?.GetService<OutboxSignal>()?.Set());
        }

        return row;
    }

    /// <summary>
    /// Marks the pending message as done: its work has been done otherwise. Nothing happens where there is none. A handler may
    /// still be at it, whose answer then no longer counts.
    /// </summary>
    /// <param name="transaction">The transaction of what makes it needless.</param>
    /// <param name="key">What the message is about.</param>
    public static void Cancel<TMessage>(this BatchedTransaction transaction, string key)
        where TMessage : IOutboxMessage =>
        transaction.Write(
            $"""
            UPDATE outbox_messages
            SET status = 'DONE', live_key = NULL, locked_until = NULL, locked_by = NULL,
                done_at = {transaction.Database.GetTime().GetStorableNow()}
            WHERE type = {TMessage.Type} AND live_key = {key}
            """
        );

    /// <summary>
    /// Stores a message at once, in the current transaction if there is one; or, where one of its type and key is pending,
    /// sees to it that this one is handled no later than <paramref name="notBefore"/>. What is pending keeps its content.
    /// A message that is being handled just then is handled once more, whatever its handler answers: the handler may have
    /// looked before there was what it is hastened for.
    /// </summary>
    /// <param name="key">What it is about.</param>
    /// <param name="notBefore">The earliest time for it; now by default.</param>
    public static Task EnqueueOrHastenAsync<TMessage>(
        this DbContext database,
        TMessage message,
        string key,
        DateTime? notBefore = null,
        CancellationToken cancellationToken = default
    )
        where TMessage : IOutboxMessage
    {
        var row = CreateRow(database, message, key, notBefore);
        Announce(database, row);

        // In a transaction of its own it is tried again after a deadlock; in the caller's, the caller does that.
        return database.TransactAsync(
            token =>
                database.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO outbox_messages
                        (type, `key`, live_key, payload, trace_parent, trace_state, status, attempts, failures,
                         next_attempt_at, due_at, created_at)
                    VALUES
                        ({row.Type}, {row.Key}, {row.LiveKey}, {row.Payload}, {row.TraceParent}, {row.TraceState},
                         'PENDING', 0, 0, {row.NextAttemptAt}, {row.DueAt}, {row.CreatedAt})
                    ON DUPLICATE KEY UPDATE
                        next_attempt_at = LEAST(next_attempt_at, {row.NextAttemptAt}),
                        due_at = LEAST(due_at, {row.DueAt}),
                        hastened_to = LEAST(COALESCE(hastened_to, {row.NextAttemptAt}), {row.NextAttemptAt})
                    """,
                    token
                ),
            cancellationToken
        );
    }

    /// <summary>
    /// Marks the pending message as done, in the current transaction if there is one: its work has been done otherwise.
    /// Nothing happens where there is none. A handler may still be at it, whose answer then no longer counts.
    /// </summary>
    /// <param name="key">What the message is about.</param>
    public static Task CompleteOutboxAsync<TMessage>(
        this DbContext database,
        string key,
        CancellationToken cancellationToken
    )
        where TMessage : IOutboxMessage
    {
        var type = TMessage.Type;
        var now = database.GetTime().GetStorableNow();
        return database.TransactAsync(
            token =>
                database.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE outbox_messages
                    SET status = 'DONE', live_key = NULL, locked_until = NULL, locked_by = NULL, done_at = {now}
                    WHERE type = {type} AND live_key = {key}
                    """,
                    token
                ),
            cancellationToken
        );
    }

    private static OutboxMessage CreateRow<TMessage>(
        DbContext database,
        TMessage message,
        string? key,
        DateTime? notBefore,
        bool isReserved = false
    )
        where TMessage : IOutboxMessage
    {
        var now = database.GetTime().GetStorableNow();
        var due = notBefore is { } time ? AsUtc(time) : now;
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new OutboxMessage
        {
            Type = TMessage.Type,
            Key = key,
            LiveKey = key,
            Payload = JsonSerializer.Serialize(message, ShopJson.Options),
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            NextAttemptAt = due,
            DueAt = due,
            CreatedAt = now,
            IsReserved = isReserved,
        };
    }

    /// <summary>Has the worker look once this is committed; for what is not due yet it would look for nothing.</summary>
    private static void Announce(DbContext database, OutboxMessage row)
    {
        if (row.NextAttemptAt <= row.CreatedAt)
        {
            OutboxCommits.Expect(database);
        }
    }

    // As where the model stores times: without a zone it is UTC.
    private static DateTime AsUtc(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();

    private static TimeProvider GetTime(this DbContext database) =>
        database.GetServices()?.GetService<TimeProvider>() ?? TimeProvider.System;

    private static IServiceProvider? GetServices(this DbContext database) =>
        database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
}
