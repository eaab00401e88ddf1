namespace MsaShop.OrderService.Events;

/// <summary>
/// Stores the events of orders and reads them in the order of their commits. Ids will not do: they are given before the
/// commit, so a reader could see a higher one first and miss the lower for ever. An event therefore gets its position
/// when it is first read, by one reader at a time.
/// </summary>
public sealed class OrderEventStore(OrderDbContext database)
{
    private const int BatchSize = 1000;

    /// <summary>Events after a position, oldest first.</summary>
    public async Task<List<OrderEvent>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        if (await database.Events.AnyAsync(e => e.Position == null, cancellationToken))
        {
            await GivePositionsAsync(cancellationToken);
        }

        return await database
            .Events.AsNoTracking()
            .Where(e => e.Position > after)
            .OrderBy(e => e.Position)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    private Task<int> GivePositionsAsync(CancellationToken cancellationToken) =>
        database.TransactAsync(
            // Safe to repeat: once it is done, nothing is left to do.
            async token =>
            {
                var head = (
                    await database
                        .FeedHeads.FromSql($"SELECT * FROM order_feed WHERE id = {OrderFeedHead.OnlyId} FOR UPDATE")
                        .ToListAsync(token)
                ).Single();
                var ids = await database
                    .Events.Where(e => e.Position == null)
                    .OrderBy(e => e.Id)
                    .Take(BatchSize)
                    .Select(e => e.Id)
                    .ToListAsync(token);
                if (ids.Count > 0)
                {
                    // One statement for all: FIELD gives an id's place in the list, from 1.
                    var list = string.Join(',', ids);
                    var sql =
                        $"UPDATE order_events SET position = {{0}} + FIELD(id, {list}) WHERE id IN ({list}) AND position IS NULL";
                    await database.Database.ExecuteSqlRawAsync(sql, [head.LastPosition], token);
                    head.LastPosition += ids.Count;
                }

                return ids.Count;
            },
            cancellationToken
        );
}

internal static class OrderEventStoreExtensions
{
    /// <summary>Inserts the event as <see cref="OrderDbContext.Events"/> would.</summary>
    public static void WriteEvent(this BatchedTransaction transaction, OrderEvent happened) =>
        transaction.Write(
            $"""
            INSERT INTO order_events (type, order_id, order_number, occurred_at, trace_parent, data)
            VALUES ({happened.Type.ToWord()}, {happened.OrderId}, {happened.OrderNumber}, {happened.OccurredAt},
                {happened.TraceParent}, {happened.Data})
            """
        );
}
