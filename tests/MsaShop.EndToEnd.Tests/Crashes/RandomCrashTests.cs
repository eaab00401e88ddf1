using MsaShop.EndToEnd.Tests.Ledgers;
using Xunit.Abstractions;

namespace MsaShop.EndToEnd.Tests.Crashes;

/// <summary>
/// Many shoppers at work, and the power fails somewhere. Which operations, which victims and which moments is drawn from
/// a seed: <c>MSA_SHOP_SEED</c> sets it and <c>MSA_SHOP_ROUNDS</c> how many rounds there are, to repeat a run or to
/// search further.
/// </summary>
[Collection(CrashCollection.Name)]
public sealed class RandomCrashTests(CrashFixture shop, ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public static TheoryData<int> Seeds
    {
        get
        {
            var first = TestSetting.Read("MSA_SHOP_SEED", 20_261);
            return [.. Enumerable.Range(first, TestSetting.Read("MSA_SHOP_ROUNDS", 4))];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Wherever_the_power_fails_the_books_add_up(int seed)
    {
        var random = new Random(seed);
        var requests = await PrepareAsync(random);
        var victims = random.GetItems([.. Power.Victims], random.Next(1, 3)).Distinct().ToList();
        output.WriteLine($"Seed {seed}: {string.Join(", ", victims)}");

        var answers = requests.Select(request => SendAsync(request, random.Next(600))).ToList();
        await FailAsync(random, victims);
        await Task.WhenAll(answers);

        // Some clients ask again, the others are never seen again.
        var patient = requests.Where(_ => random.Next(2) == 0).ToList();
        await Task.WhenAll(patient.Select(Scenario.RepeatAsync));
        await shop.SettleAndCheckAsync();
    }

    private static async Task SendAsync(Func<Task<Answer>> request, int delay)
    {
        await Task.Delay(delay);
        await request();
    }

    /// <summary>Orders in all states, and for each what happens to it next: sometimes two things at once.</summary>
    private async Task<List<Func<Task<Answer>>>> PrepareAsync(Random random)
    {
        var requests = new List<Func<Task<Answer>>>();
        for (var index = 0; index < 8; index++)
        {
            var kind = random.Next(4);
            var scenario = kind switch
            {
                0 => await Scenario.BeginAsync(shop),
                1 => await Scenario.AuthenticatedAsync(shop),
                _ => await Scenario.PaidAsync(shop),
            };
            requests.Add(
                kind switch
                {
                    0 => scenario.CreateAsync,
                    1 => scenario.ConfirmAsync,
                    2 => scenario.CancelAsync,
                    _ => () => scenario.RefundAsync(5_000),
                }
            );
            if (kind != 0 && random.Next(3) == 0)
            {
                requests.Add(scenario.CancelAsync);
            }
        }

        return requests;
    }

    /// <summary>Kills the victims, at a step of the shop or just sometime, and starts them again.</summary>
    private async Task FailAsync(Random random, List<string> victims)
    {
        var step = Steps.All.Values.ElementAt(random.Next(Steps.All.Count));
        if (random.Next(2) == 0)
        {
            var barrier = await Barrier.RaiseAsync(shop.Databases, step);
            output.WriteLine($"at the step {step}: {await barrier.TryWaitForArrivalAsync(s_patience)}");
            await KillAsync(victims);
            if (victims.Contains(ShopDatabases.ServerOf(step.Database)))
            {
                // Taking the barrier down needs its server.
                await shop.Power.StartAsync(ShopDatabases.ServerOf(step.Database));
            }

            await barrier.DisposeAsync();
        }
        else
        {
            foreach (var victim in victims)
            {
                var delay = random.Next(700);
                output.WriteLine($"{victim} after {delay} ms");
                await Task.Delay(delay);
                await shop.Power.KillAsync(victim);
            }
        }

        await shop.Power.RestoreAsync();
    }

    private Task KillAsync(IEnumerable<string> victims) => Task.WhenAll(victims.Select(shop.Power.KillAsync));
}
