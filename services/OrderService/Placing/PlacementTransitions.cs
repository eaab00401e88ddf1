using static MsaShop.OrderService.Placing.PlacementState;

namespace MsaShop.OrderService.Placing;

/// <summary>A row of the table in <see cref="PlacementTransitions"/>.</summary>
/// <param name="From">Empty if there is nothing yet.</param>
/// <param name="Guard">As the docs print it.</param>
/// <param name="To">Null if the state stays.</param>
/// <param name="Effects">As the docs print them.</param>
internal sealed record PlacementTransition(
    string Name,
    IReadOnlyList<PlacementState> From,
    string Guard,
    PlacementState? To,
    string Effects
)
{
    /// <summary>How a repeated request is answered; null if it begins anew, with the key of the earlier one.</summary>
    public Func<OrderPlacement, PlacingOutcome?>? Repeat { get; init; }
}

/// <summary>
/// The state machine of placements. The table is complete, and printed in <c>docs/orders-and-payments.md</c>. It says what
/// <see cref="PlacementStore"/> writes to end one, and how a repeated request is answered.
/// </summary>
internal static class PlacementTransitions
{
    private const string SameRequest = "the request is the same";

    public static PlacementTransition Place { get; } =
        new("place", [Running], "", Placed, "order, lines, event and answer are stored");

    public static PlacementTransition Refuse { get; } =
        new("refuse", [Running], "", Refused, "the answer is stored; stock goes back if product-svc was asked twice");

    public static PlacementTransition Abandon { get; } =
        new("abandon", [Running], "", Abandoned, "stock goes back if it was asked for");

    public static PlacementTransition Recover { get; } =
        new("recover", [Running], "its lease is over", Abandoned, "stock goes back");

    private static readonly PlacementTransition s_otherRequest = new(
        "repeat",
        Enum.GetValues<PlacementState>(),
        "the request is another one",
        To: null,
        "422 `idempotency_key_reused`"
    )
    {
        Repeat = _ => new PlacingOutcome.KeyReused(),
    };

    private static readonly PlacementTransition[] s_repeats =
    [
        new("repeat", [Running], SameRequest, To: null, "409 `request_in_progress`")
        {
            Repeat = _ => new PlacingOutcome.InProgress(),
        },
        new("repeat", [Placed, Refused], SameRequest, To: null, "the stored answer")
        {
            Repeat = earlier => new PlacingOutcome.Decided(earlier.Answer!),
        },
        new("repeat", [Abandoned], SameRequest, To: null, "its key goes to a new placement") { Repeat = _ => null },
    ];

    /// <summary>Every transition of a placement, by the guards that its statements have.</summary>
    public static IReadOnlyList<PlacementTransition> Table { get; } =
    [
        new("begin", [], "its key is free", Running, "it counts as unpaid"),
        Place,
        Refuse,
        Abandon,
        Recover,
        s_otherRequest,
        .. s_repeats,
    ];

    /// <summary>Answers a request whose key was used before.</summary>
    /// <returns>Null if the earlier request failed: it counts as not made, and its key is free again.</returns>
    public static PlacingOutcome? Repeat(OrderPlacement earlier, string requestHash)
    {
        var row =
            earlier.RequestHash == requestHash
                ? s_repeats.Single(row => row.From.Contains(earlier.State))
                : s_otherRequest;
        return row.Repeat!(earlier);
    }
}
