using MsaShop.Explorer.Tests.Placing;
using Xunit.Abstractions;

namespace MsaShop.Explorer.Tests;

/// <summary>Every order of events while an order is placed.</summary>
public class PlacingTests(ITestOutputHelper output)
{
    [Fact]
    public void No_promise_is_broken_whatever_happens()
    {
        var found = StateExplorer.Explore(new PlacingScenario(faults: 4), int.MaxValue);

        output.WriteLine($"{found}");
        Assert.True(found.Broken is null, $"{found.Broken}");
        Assert.True(found.IsComplete);
    }

    [Fact]
    public void Whoever_does_not_look_again_takes_a_late_commit_for_none()
    {
        var found = StateExplorer.Explore(new PlacingScenario(faults: 2, looksAgain: false), int.MaxValue);

        output.WriteLine($"{found}");
        Assert.Equal("The shopper is told that an order was undone that stands.", found.Broken?.Promise);
    }
}
