using Microsoft.Extensions.DependencyInjection;
using MsaShop.OrderService.Placing;
using MsaShop.ServiceDefaults.Http;
using MsaShop.Testing;
using static MsaShop.OrderService.Placing.PlacementState;

namespace MsaShop.OrderService.Tests.Placing;

public sealed class PlacementTransitionsTests : IClassFixture<QuietShop>
{
    private const string Begin = "<!-- The table of PlacementTransitions begins; ./shop api writes it. -->";
    private const string End = "<!-- The table of PlacementTransitions ends. -->";

    private readonly QuietShop _shop;

    public PlacementTransitionsTests(QuietShop shop) => _shop = shop;

    [Theory]
    [InlineData(Running, "a", "InProgress")]
    [InlineData(Placed, "a", "Decided")]
    [InlineData(Refused, "a", "Decided")]
    [InlineData(Abandoned, "a", null)]
    [InlineData(Running, "b", "KeyReused")]
    [InlineData(Placed, "b", "KeyReused")]
    [InlineData(Refused, "b", "KeyReused")]
    [InlineData(Abandoned, "b", "KeyReused")]
    public void Answers_a_request_whose_key_was_used_before(PlacementState state, string requestHash, string? expected)
    {
        var earlier = Create(DateTime.UnixEpoch, state);

        Assert.Equal(expected, PlacementTransitions.Repeat(earlier, requestHash)?.GetType().Name);
    }

    [Fact]
    public void A_placement_ends_once()
    {
        var ends = PlacementTransitions.Table.Where(row => row.To is not null and not Running).ToList();

        Assert.Equal([Placed, Refused, Abandoned, Abandoned], ends.Select(row => row.To!.Value).Order());
        Assert.All(ends, row => Assert.Equal([Running], row.From));
    }

    /// <summary>The answer to its insert was lost, and it is found in its own way.</summary>
    [Fact]
    public async Task A_placement_that_was_undone_before_it_is_known_to_have_begun_is_undone()
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<PlacementStore>();
        var placement = Create(DateTime.UtcNow, Running);

        Assert.Null((await store.BeginAsync(placement, CancellationToken.None)).Repeated);
        Assert.Null((await store.BeginAsync(placement, CancellationToken.None)).Repeated);
        Assert.True(await store.AbandonAsync(placement.OrderNumber, returnStock: false));
        var (repeated, _) = await store.BeginAsync(placement, CancellationToken.None);

        Assert.IsType<PlacingOutcome.Undone>(repeated);
    }

    [Fact]
    public void The_docs_show_the_table() => DocumentedTable.Assert("orders-and-payments.md", Begin, End, Render());

    private static OrderPlacement Create(DateTime now, PlacementState state) =>
        new()
        {
            OrderNumber = OrderNumber.Create(now),
            UserId = OrderShop.NewUserId(),
            IdempotencyKey = "key",
            RequestHash = "a",
            State = state,
            AnswerStatus = state is Placed or Refused ? 201 : null,
            AnswerBody = state is Placed or Refused ? "{}" : null,
            LeaseUntil = now.AddMinutes(1),
            CreatedAt = now,
            UpdatedAt = now,
        };

    private static IEnumerable<string> Render() =>
        PlacementTransitions
            .Table.Select(row =>
                $"| {row.Name} | {From(row)} | {row.Guard} | {row.To?.ToWord() ?? "as it is"} | {row.Effects} |"
            )
            .Prepend("|---|---|---|---|---|")
            .Prepend("| asked | in | if | moves to | and then |");

    private static string From(PlacementTransition row) =>
        row.From.Count switch
        {
            0 => "none yet",
            4 => "any",
            _ => string.Join(", ", row.From.Select(state => state.ToWord())),
        };
}
