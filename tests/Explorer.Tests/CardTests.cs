using MsaShop.Explorer.Tests.Cards;
using Xunit.Abstractions;

namespace MsaShop.Explorer.Tests;

/// <summary>Every order of events of an order that is paid by card.</summary>
public class CardTests(ITestOutputHelper output)
{
    [Fact]
    public void No_promise_is_broken_whatever_happens()
    {
        var found = StateExplorer.Explore(new CardScenario(new CardLimits()), 3_000_000);

        output.WriteLine($"{found.States} states {found.IsComplete}");
        Assert.True(found.Broken is null, $"{found.Broken}");
    }

    [Theory]
    [InlineData(nameof(TakenOut.AttemptsOfHolds))]
    [InlineData(nameof(TakenOut.EndingBeforeRefund))]
    public void What_is_taken_out_is_missed(string what)
    {
        var found = StateExplorer.Explore(new CardScenario(new CardLimits(), Enum.Parse<TakenOut>(what)), 1_000_000);

        output.WriteLine($"{found.States} states\n{found.Broken}");
        Assert.NotNull(found.Broken);
    }
}
