using MsaShop.EndToEnd.Tests.Crashes;
using MsaShop.EndToEnd.Tests.Payments;

namespace MsaShop.EndToEnd.Tests.Endurance;

/// <summary>What befalls the shop's processes, one thing after the other, as a seed draws it: they are killed, or freeze.</summary>
public sealed class Misfortunes(Power power, Random random, Diary diary)
{
    private static readonly string[] s_databases = ["mysql-user", "mysql-product", "mysql-order"];

    /// <summary>Goes on until the shop closes. What has died runs again afterwards.</summary>
    public async Task BefallAsync(CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            await Task.Delay(random.Next(500, 4_000), CancellationToken.None);
            await BefallOnceAsync();
        }
    }

    private async Task BefallOnceAsync()
    {
        var replicas = await power.InstancesOfAsync(Choose(EnduranceFixture.Services));
        var befall = random.Next(20) switch
        {
            < 9 => KillAsync([Choose(replicas)]),
            < 11 => KillAsync(replicas),
            < 13 => KillAsync([Choose(s_databases)]),
            < 14 => KillAsync([TossSimulator.Name]),
            < 19 => FreezeAsync(Choose(replicas)),
            _ => FreezeAsync(Choose(s_databases)),
        };
        await befall;
    }

    private async Task KillAsync(IReadOnlyList<string> victims)
    {
        diary.Note("kill");
        await Task.WhenAll(victims.Select(power.KillAsync));
        await Task.Delay(random.Next(2_000), CancellationToken.None);
        foreach (var victim in victims)
        {
            await power.StartAsync(victim);
        }
    }

    private async Task FreezeAsync(string victim)
    {
        diary.Note("freeze");
        await power.FreezeAsync(victim);
        await Task.Delay(random.Next(1_000, 9_000), CancellationToken.None);
        await power.ThawAsync(victim);
    }

    private T Choose<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
