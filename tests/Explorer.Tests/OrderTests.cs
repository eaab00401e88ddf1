using System.Globalization;
using MsaShop.Explorer.Tests.Orders;
using Xunit.Abstractions;
using PaymentMethod = MsaShop.PaymentService.Payments.PaymentMethod;

namespace MsaShop.Explorer.Tests;

/// <summary>Every order of events in the life of an order, up to a number of states; <c>./shop explore</c> visits many more.</summary>
public class OrderTests(ITestOutputHelper output)
{
    private const string StatesVariable = "MSA_SHOP_EXPLORE_STATES";
    private const int FewStates = 60_000;

    /// <summary>How many states to look at, at most.</summary>
    public static int States { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(StatesVariable), CultureInfo.InvariantCulture, out var states)
            ? states
            : FewStates;

    private static readonly Dictionary<string, OrderLimits> s_scenarios = new()
    {
        ["one card, everything once"] = new() { Payments = 1 },
        ["one card, two faults"] = new()
        {
            Payments = 1,
            Faults = 2,
            Ships = false,
        },
        ["two cards"] = new() { Refunds = false, Ships = false },
        ["two cards, no faults"] = new()
        {
            Faults = 0,
            Cancels = false,
            Refunds = false,
            Ships = false,
            Webhooks = 0,
        },
        ["two cards, three processes"] = new()
        {
            Processes = 3,
            Refunds = false,
            Ships = false,
            Expires = false,
        },
        ["two cards, everything once"] = new(),
        ["a transfer, two faults"] = new()
        {
            Method = PaymentMethod.BankTransfer,
            Payments = 1,
            Faults = 2,
        },
        ["two deposits, one undone"] = new()
        {
            Method = PaymentMethod.BankTransfer,
            Faults = 0,
            Cancels = false,
            Confirms = false,
            Refunds = false,
            Ships = false,
        },
        ["two deposits, everything once"] = new() { Method = PaymentMethod.BankTransfer },
    };

    public static TheoryData<string> Scenarios { get; } = [.. s_scenarios.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void No_promise_is_broken_whatever_happens(string scenario)
    {
        var found = StateExplorer.Explore(new OrderScenario(s_scenarios[scenario]), States);

        output.WriteLine($"{scenario}: {found}");
        Assert.True(found.Broken is null, $"{found.Broken}");
        Assert.True(found.IsComplete || found.States >= States, "It ended early.");
    }

    /// <summary>What keeps a promise is missed when it is taken out.</summary>
    [Theory]
    [InlineData(
        nameof(TakenOut.AttemptsOfHolds),
        "one card, everything once",
        "An order is held, and nobody is charging its card."
    )]
    [InlineData(
        nameof(TakenOut.EndingBeforeRefund),
        "one card, everything once",
        "An order is shipped whose money has gone back."
    )]
    [InlineData(
        nameof(TakenOut.HoldsOfPaid),
        "two cards, no faults",
        "Money that was recorded in time is lost to the deadline."
    )]
    [InlineData(
        nameof(TakenOut.SeeingDeposits),
        "two deposits, one undone",
        "Money that was recorded in time is lost to the deadline."
    )]
    [InlineData(
        nameof(TakenOut.SeeingAgain),
        "two deposits, one undone",
        "Money that was recorded in time is lost to the deadline."
    )]
    public void What_is_taken_out_is_missed(string what, string scenario, string promise)
    {
        var all = new OrderScenario(s_scenarios[scenario], Enum.Parse<TakenOut>(what));

        var found = StateExplorer.Explore(all, int.MaxValue);

        output.WriteLine($"Without {what}: {found}");
        Assert.Equal(promise, found.Broken?.Promise);
    }
}
