using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaShop.Data;
using Xunit;

namespace MsaShop.Testing;

/// <summary>That somebody has decided of each table how long its rows are kept.</summary>
public static class KeptTables
{
    /// <summary>
    /// Every table of the model either is in the list, or has a cleaner that runs; and <c>docs/data.md</c> has a row for it,
    /// which names the cleaner. A new table fails this until somebody has decided.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="kept">The tables that are kept, or grow with nothing.</param>
    public static void AssertDecided<TContext>(this IServiceProvider service, params string[] kept)
        where TContext : DbContext
    {
        using var scope = service.CreateScope();
        var tables = scope
            .ServiceProvider.GetRequiredService<TContext>()
            .Model.GetEntityTypes()
            .Select(entity => entity.GetTableName()!)
            .Distinct()
            .Order()
            .ToList();
        var cleaners = service.GetServices<IHostedService>().OfType<IRowCleaner>().ToList();

        Assert.Equal(tables, kept.Concat(cleaners.Select(cleaner => cleaner.Table)).Order());

        var rows = File.ReadAllLines(Repository.PathOf("docs", "data.md"));
        foreach (var table in tables)
        {
            var row = Assert.Single(rows, line => line.StartsWith($"| `{table}`", StringComparison.Ordinal));
            var cleaner = cleaners.SingleOrDefault(cleaner => cleaner.Table == table)?.GetType().Name.Split('`')[0];
            Assert.EndsWith(cleaner is null ? "– |" : $"{cleaner} |", row, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Has a table's cleaner work off a backlog of more than a batch: one batch first, then all the rest, by two replicas at
    /// once.
    /// </summary>
    public static async Task CleanBacklogAsync(this IServiceProvider service, string table)
    {
        var cleaner = service.GetServices<IHostedService>().OfType<IRowCleaner>().Single(one => one.Table == table);
        Assert.Equal(cleaner.BatchSize, await cleaner.RunBatchAsync(CancellationToken.None));
        await Task.WhenAll(cleaner.RunOnceAsync(CancellationToken.None), cleaner.RunOnceAsync(CancellationToken.None));
    }
}
