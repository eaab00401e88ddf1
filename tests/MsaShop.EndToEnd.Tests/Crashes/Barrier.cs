using System.Diagnostics;
using Dapper;
using MsaShop.EndToEnd.Tests.Ledgers;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>
/// Stops every process at a step, from outside and for one row: a trigger waits for a lock that the test holds. The
/// shop's code knows nothing of it.
/// </summary>
public sealed class Barrier : IAsyncDisposable
{
    private const string Trigger = "test_barrier";
    private const string Lock = "test-barrier";

    private readonly ShopDatabases _databases;
    private readonly MySqlConnection _holder;
    private readonly Step _step;

    private Barrier(ShopDatabases databases, Step step, MySqlConnection holder)
    {
        _databases = databases;
        _step = step;
        _holder = holder;
    }

    /// <summary>Puts up a barrier at a step.</summary>
    public static async Task<Barrier> RaiseAsync(ShopDatabases databases, Step step)
    {
        var holder = await databases.OpenAsync(step.Database);
        var barrier = new Barrier(databases, step, holder);
        try
        {
            Assert.Equal(1, await holder.ExecuteScalarAsync<int>("SELECT GET_LOCK(@Lock, 10)", new { Lock }));
            await holder.ExecuteAsync(
                $"""
                CREATE TRIGGER {Trigger} BEFORE {step.Change} ON {step.Table} FOR EACH ROW
                BEGIN
                    IF {step.When ?? "TRUE"} THEN
                        DO GET_LOCK('{Lock}', 60);
                        DO RELEASE_LOCK('{Lock}');
                    END IF;
                END
                """
            );
            return barrier;
        }
        catch
        {
            await barrier.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until somebody stands at the barrier.</summary>
    /// <param name="limit">The longest to wait.</param>
    public async Task WaitForArrivalAsync(TimeSpan limit) =>
        Assert.True(
            await TryWaitForArrivalAsync(limit),
            $"Nobody came to the step {_step} within {limit.TotalSeconds} s."
        );

    /// <summary>Waits until somebody stands at the barrier, or the time is over.</summary>
    /// <param name="limit">The longest to wait.</param>
    public async Task<bool> TryWaitForArrivalAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (await ArrivedAsync() == 0)
        {
            if (watch.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(25);
        }

        return true;
    }

    /// <summary>Opens the barrier, and takes it down. Who stood there goes on, if it still lives.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // A lock lives no longer than its connection, and neither longer than its server.
            await _holder.DisposeAsync();
        }
        finally
        {
            await using var connection = await _databases.OpenAsync(_step.Database);
            await connection.ExecuteAsync($"DROP TRIGGER IF EXISTS {Trigger}");
        }
    }

    private Task<int> ArrivedAsync() =>
        _holder.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'"
        );
}
