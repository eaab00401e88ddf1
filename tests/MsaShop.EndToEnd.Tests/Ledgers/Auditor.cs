using System.Diagnostics;
using MsaShop.EndToEnd.Tests.Payments;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>Waits until the shop is quiet, and checks its books.</summary>
/// <param name="databases">The shop's databases.</param>
/// <param name="toss">The other side of the card payments.</param>
public sealed class Auditor(ShopDatabases databases, TossSimulator toss)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until nothing is left to do anywhere, at most this long.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Something is left; it says what.</exception>
    public Task SettleAsync(TimeSpan limit) => WaitUntilNoneAsync(PendingWork.ReadAsync, limit);

    /// <summary>Waits until no order is left that runs out, at most this long: where deadlines are short.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">One is left; it says which.</exception>
    public Task RunOutAsync(TimeSpan limit) => WaitUntilNoneAsync(PendingWork.UnpaidAsync, limit);

    /// <summary>Checks that the books of all services and of Toss say the same.</summary>
    public async Task CheckAsync()
    {
        var violations = Ledger.FindViolations(await ShopRecords.ReadAsync(databases), await toss.PaymentsAsync());
        string[] all = [.. violations, .. await PendingWork.DeadAsync(databases)];
        Assert.True(all.Length == 0, $"The books do not add up:\n{string.Join('\n', all)}");
    }

    /// <summary>Both: waits, then checks.</summary>
    public async Task SettleAndCheckAsync(TimeSpan limit)
    {
        await SettleAsync(limit);
        await CheckAsync();
    }

    private async Task WaitUntilNoneAsync(Func<ShopDatabases, Task<IReadOnlyList<string>>> read, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        var quiet = 0;
        IReadOnlyList<string> pending = [];
        while (quiet < 2)
        {
            try
            {
                pending = await read(databases);
                quiet = pending.Count == 0 ? quiet + 1 : 0;
            }
            catch (MySqlException exception) when (watch.Elapsed < limit)
            {
                // A server has only just been started again.
                (pending, quiet) = ([exception.Message], 0);
            }

            Assert.True(
                watch.Elapsed < limit || pending.Count == 0,
                $"After {limit.TotalSeconds} s the shop still has to do:\n{string.Join('\n', pending)}"
            );
            await Task.Delay(s_pause);
        }
    }
}
