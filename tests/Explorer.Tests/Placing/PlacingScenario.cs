using MsaShop.OrderService.Placing;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Explorer.Tests.Placing;

/// <summary>Where the request is that places an order.</summary>
internal enum PlacingStep : byte
{
    /// <summary>Its placement is recorded.</summary>
    Begun,

    /// <summary>The stock has been taken.</summary>
    HasStock,

    /// <summary>Its connection was lost during the commit: the outcome is unknown.</summary>
    InDoubt,

    /// <summary>It checked whether the work was done, found nothing, and repeats it once it gets the lock.</summary>
    Again,

    /// <summary>Something went wrong for good: it gives the placement up.</summary>
    GivesUp,

    /// <summary>Answered, or gone.</summary>
    Over,
}

/// <summary>The stock of the order, at product-svc.</summary>
internal enum StockState : byte
{
    Free,
    Taken,
    Closed,
}

/// <summary>How one placement stands.</summary>
internal sealed record PlacingWorld
{
    public static readonly RecordedAnswer Placed = new(201, "/api/orders/1", "{}");

    public PlacementState Placement { get; init; } = PlacementState.Running;
    public bool HasOrder { get; init; }
    public StockState Stock { get; init; }
    public PlacingStep Step { get; init; }

    /// <summary>Whether a commit is under way that ends the placement; until it is through, it has the placement locked.</summary>
    public bool IsLocked { get; init; }
    public bool IsTakeLate { get; init; }
    public bool IsReturnDue { get; init; }
    public bool IsLeaseOver { get; init; }
    public int Faults { get; init; }

    /// <summary>What the shopper was told; null where they were told nothing.</summary>
    public PlacingOutcome? Told { get; init; }
}

/// <summary>An order is placed, while its lease may run out, commits are lost or in doubt, and calls come late.</summary>
/// <param name="faults">How many things may go wrong.</param>
/// <param name="looksAgain">Whether the request looks again where there was nothing to end.</param>
internal sealed class PlacingScenario(int faults, bool looksAgain = true) : IScenario<PlacingWorld>
{
    public PlacingWorld Start { get; } = new() { Faults = faults };

    public string? FindBroken(PlacingWorld world) =>
        world is { Told: PlacingOutcome.Undone, HasOrder: true }
            ? "The shopper is told that an order was undone that stands."
        : world is { Told: PlacingOutcome.Decided, HasOrder: false }
            ? "The shopper is told of an order that does not stand."
        : world is { HasOrder: true, Placement: not PlacementState.Placed }
            ? "An order stands whose placement has not ended so."
        : null;

    public string? FindUnsettled(PlacingWorld world) =>
        world.Placement == PlacementState.Running ? "A placement never ends."
        : world.HasOrder != (world.Stock == StockState.Taken) ? "Stock and order do not agree."
        : world.IsReturnDue ? "Stock is never returned."
        : null;

    public IEnumerable<Happening<PlacingWorld>> Next(PlacingWorld world)
    {
        var worse = world with { Faults = world.Faults - 1 };
        switch (world.Step)
        {
            case PlacingStep.Begun:
                yield return new("product-svc takes the stock", Take(world) with { Step = TookStep(world) });
                if (world.Faults > 0)
                {
                    yield return new(
                        "product-svc takes the stock, and the answer is lost",
                        Take(worse) with
                        {
                            Step = PlacingStep.GivesUp,
                        }
                    );
                    yield return new(
                        "the take is late: no answer",
                        worse with
                        {
                            Step = PlacingStep.GivesUp,
                            IsTakeLate = true,
                        }
                    );
                }

                break;
            case PlacingStep.HasStock or PlacingStep.Again when !world.IsLocked:
                yield return new("the request stores the order", Conclude(Store(world), world));
                if (world.Faults > 0)
                {
                    yield return new(
                        "the commit is under way when its connection is lost",
                        worse with
                        {
                            Step = PlacingStep.InDoubt,
                            IsLocked = world.Placement == PlacementState.Running,
                        }
                    );
                }

                break;
            case PlacingStep.InDoubt:
                yield return world.Placement == PlacementState.Placed
                    ? new("the request sees that it was done", Answer(world, PlacingWorld.Placed, found: null))
                    : new("the request sees nothing, and tries again", world with { Step = PlacingStep.Again });
                break;
            case PlacingStep.GivesUp when !world.IsLocked:
                var given = Abandon(world);
                yield return given is not null
                    ? new("the request gives the placement up", given with { Step = PlacingStep.Over })
                    : new(
                        "the request finds it ended",
                        world.Placement == PlacementState.Placed
                            ? Answer(world, stored: null, PlacingWorld.Placed)
                            : world with
                            {
                                Step = PlacingStep.Over,
                            }
                    );
                break;
        }

        if (world.IsLocked)
        {
            yield return new("the commit comes through, late", Store(world with { IsLocked = false }));
            yield return new("the server rolls it back", world with { IsLocked = false });
        }

        if (world.Faults > 0 && world.Step != PlacingStep.Over)
        {
            yield return new("the process dies", worse with { Step = PlacingStep.Over });
            yield return new("the database refuses for good", worse with { Step = PlacingStep.GivesUp });
        }

        if (world.IsTakeLate)
        {
            yield return new("late, the take arrives", Take(world) with { IsTakeLate = false });
        }

        if (!world.IsLeaseOver)
        {
            yield return new("the lease runs out", world with { IsLeaseOver = true });
        }

        if (world.IsLeaseOver && Abandon(world) is { } abandoned)
        {
            yield return new("the worker gives the placement up", abandoned);
        }

        if (world.IsReturnDue)
        {
            yield return new("the stock goes back", Return(world));
        }
    }

    public Happening<PlacingWorld>? Calm(PlacingWorld world)
    {
        var calm = world with { Faults = 0 };
        if (world.IsLocked)
        {
            return new("the server rolls it back", calm with { IsLocked = false });
        }

        if (world.IsTakeLate)
        {
            return new("what is late never comes", calm with { IsTakeLate = false });
        }

        return Next(calm).Cast<Happening<PlacingWorld>?>().FirstOrDefault();
    }

    public void Write(PlacingWorld world, BinaryWriter key)
    {
        key.Write((byte)world.Placement);
        key.Write(world.HasOrder);
        key.Write((byte)world.Stock);
        key.Write((byte)world.Step);
        key.Write(world.IsLocked);
        key.Write(world.IsTakeLate);
        key.Write(world.IsReturnDue);
        key.Write(world.IsLeaseOver);
        key.Write((byte)world.Faults);
        key.Write(world.Told?.GetType().Name ?? "");
    }

    private static PlacingStep TookStep(PlacingWorld world) =>
        // A number that is closed gives nothing; then there is no order to store.
        world.Stock == StockState.Closed
            ? PlacingStep.GivesUp
            : PlacingStep.HasStock;

    private static PlacingWorld Take(PlacingWorld world) =>
        world.Stock == StockState.Free ? world with { Stock = StockState.Taken } : world;

    private static PlacingWorld Return(PlacingWorld world) =>
        world with
        {
            Stock = StockState.Closed,
            IsReturnDue = false,
        };

    /// <summary>The order is stored only if its placement still runs.</summary>
    private static PlacingWorld Store(PlacingWorld world) =>
        world.Placement == PlacementState.Running
            ? world with
            {
                Placement = PlacementState.Placed,
                HasOrder = true,
            }
            : world;

    private PlacingWorld Conclude(PlacingWorld stored, PlacingWorld before) =>
        stored == before
            ? Answer(stored, stored: null, stored.Placement == PlacementState.Placed ? PlacingWorld.Placed : null)
            : Answer(stored, PlacingWorld.Placed, found: null);

    private PlacingWorld Answer(PlacingWorld world, RecordedAnswer? stored, RecordedAnswer? found) =>
        world with
        {
            Step = PlacingStep.Over,
            Told = PlacingDecisions.Conclude(stored, looksAgain ? found : null),
        };

    /// <returns>Null where it has ended, or somebody is ending it.</returns>
    private static PlacingWorld? Abandon(PlacingWorld world) =>
        world.Placement != PlacementState.Running || world.IsLocked
            ? null
            : world with
            {
                Placement = PlacementState.Abandoned,
                IsReturnDue = true,
            };
}
