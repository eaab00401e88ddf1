using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Outbox;

/// <summary>Writes to the outbox, in the transaction of the change that causes the message.</summary>
public static class OutboxExtensions
{
    private const string Insertion = """
        INSERT INTO outbox_messages
            (type, `key`, live_key, payload, trace_parent, trace_state, status, attempts, failures, next_attempt_at,
             due_at, locked_until, locked_by, created_at)
        VALUES
            ({0}, {1}, {2}, {3}, {4}, {5}, 'PENDING', {6}, 0, {7}, {8}, {9}, {10}, {11})
        """;

    // LAST_INSERT_ID makes the existing row's id look like an inserted one.
    private const string Hastening = """

        ON DUPLICATE KEY UPDATE
            id = LAST_INSERT_ID(id),
            next_attempt_at = LEAST(next_attempt_at, {7}),
            due_at = LEAST(due_at, {8}),
            hastened_to = LEAST(COALESCE(hastened_to, {7}), {7})
        """;

    /// <summary>Enqueues a message; it is stored with the change that causes it.</summary>
    /// <param name="transaction">The transaction of that change.</param>
    /// <param name="options">The message's key, its time, and who delivers it.</param>
    /// <returns>The message. Its id is set from the commit on, provided that nothing is inserted after it.</returns>
    public static OutboxMessage Enqueue<TMessage>(
        this BatchedTransaction transaction,
        TMessage message,
        EnqueueOptions options
    )
        where TMessage : IOutboxMessage
    {
        var database = transaction.Database;
        var row = CreateRow(database, message, options);
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
        // Wake the worker only for messages that it can deliver now.
        if (!row.IsReserved && row.NextAttemptAt <= row.CreatedAt)
        {
            transaction.OnCommitted(() => database.GetServices()?.GetService<OutboxSignal>()?.Set());
        }

        return row;
    }

    /// <summary>
    /// Marks the pending message as done because its work is done or no longer needed. Does nothing if there is none.
    /// If a handler is at work on it, its outcome no longer counts.
    /// </summary>
    /// <param name="transaction">The transaction that makes the message unnecessary.</param>
    /// <param name="key">The message's key.</param>
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

    private static OutboxMessage CreateRow<TMessage>(DbContext database, TMessage message, EnqueueOptions options)
        where TMessage : IOutboxMessage
    {
        var now = database.GetTime().GetStorableNow();
        var due = options.NotBefore?.AsUtc() ?? now;
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new OutboxMessage
        {
            Type = TMessage.Type,
            Key = options.Key,
            LiveKey = options.Key,
            Payload = JsonSerializer.Serialize(message, ShopJson.Options),
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            NextAttemptAt = due,
            DueAt = due,
            CreatedAt = now,
            IsReserved = options.DeliveredBy is not null,
        };
    }

    private static TimeProvider GetTime(this DbContext database) =>
        database.GetServices()?.GetService<TimeProvider>() ?? TimeProvider.System;

    private static IServiceProvider? GetServices(this DbContext database) =>
        database.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
}
