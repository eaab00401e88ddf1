using MsaShop.Bench.Measuring;

namespace MsaShop.Bench.Simulating;

/// <summary>What a take costs, as measured, and what it meets.</summary>
/// <param name="Work">Processor time of a take, service and database together, in milliseconds.</param>
/// <param name="Hold">How long a take keeps the product's row, in milliseconds.</param>
/// <param name="RefusalHold">How long one that finds nothing left keeps it.</param>
/// <param name="Cores">How many processors service and database have together.</param>
/// <param name="Connections">How many takes are under way at once.</param>
internal sealed record TakeCosts(double Work, double Hold, double RefusalHold, int Cores, int Connections);

/// <summary>How the stock of one product is kept.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Buckets">Over how many rows its units are spread.</param>
/// <param name="Group">How many takes share a transaction at most.</param>
/// <param name="RefusesWithoutLock">Whether a product that is known to be sold out is refused without its row's lock.</param>
/// <param name="HandsOutTokens">Whether a counter in memory lets through only as many as there are units.</param>
internal sealed record StockDesign(
    string Name,
    int Buckets = 1,
    int Group = 1,
    bool RefusesWithoutLock = false,
    bool HandsOutTokens = false
);

/// <summary>How a sale went.</summary>
/// <param name="Sold">Units sold.</param>
/// <param name="SoldOutAfter">When the last was sold, in milliseconds.</param>
/// <param name="AllAnsweredAfter">When the last buyer had an answer.</param>
/// <param name="Median">The median wait for an answer.</param>
internal sealed record SaleOutcome(int Sold, double SoldOutAfter, double AllAnsweredAfter, double Median);

/// <summary>A flash sale of one product on paper: all buyers come at once, and each takes one.</summary>
internal static class HotProduct
{
    /// <summary>
    /// The part of a hold that a group pays once: its begin, its locks, its commit with the write to the disk. The rest,
    /// a row each of take, line and ledger, every take pays. Assumed, as no such design exists to be measured.
    /// </summary>
    private const double OnceAGroup = 0.7;

    /// <summary>Plays the sale through.</summary>
    public static SaleOutcome Sell(int buyers, int units, TakeCosts costs, StockDesign design)
    {
        var simulation = new Simulation();
        var connections = new Station(simulation, costs.Connections);
        var cores = new Station(simulation, costs.Cores);
        var buckets = Enumerable
            .Range(0, design.Buckets)
            .Select(index => new Bucket(new Station(simulation, 1), Share(units, design.Buckets, index)))
            .ToList();
        var (sold, lastSale, tokens) = (0, 0.0, units);
        List<double> answers = [];
        for (var buyer = 0; buyer < buyers; buyer += design.Group)
        {
            // Whoever comes in one go and is refused at the door costs next to nothing.
            var wanted = Math.Min(design.Group, buyers - buyer);
            var admitted = design.HandsOutTokens ? Math.Min(wanted, tokens) : wanted;
            tokens -= admitted;
            answers.AddRange(Enumerable.Repeat(0.0, wanted - admitted));
            if (admitted > 0)
            {
                var first = buyer / design.Group % design.Buckets;
                connections.Enter(() => cores.Serve(costs.Work * admitted, () => Try(first, tried: 0, admitted)));
            }
        }

        simulation.Run();
        return new SaleOutcome(sold, lastSale, answers.Max(), answers.MedianOf());

        void Try(int index, int tried, int wanted)
        {
            var bucket = buckets[index];
            if (design.RefusesWithoutLock && bucket.Left == 0)
            {
                Refuse(index, tried, wanted);
                return;
            }

            bucket.Row.Enter(() =>
            {
                var taken = Math.Min(wanted, bucket.Left);
                var hold = taken == 0 ? costs.RefusalHold : costs.Hold * (OnceAGroup + ((1 - OnceAGroup) * taken));
                bucket.Left -= taken;
                simulation.After(
                    hold,
                    () =>
                    {
                        bucket.Row.Leave();
                        sold += taken;
                        lastSale = taken > 0 ? simulation.Now : lastSale;
                        answers.AddRange(Enumerable.Repeat(simulation.Now, taken));
                        if (taken < wanted)
                        {
                            Refuse(index, tried, wanted - taken);
                        }
                        else
                        {
                            connections.Leave();
                        }
                    }
                );
            });
        }

        // The units of another bucket are as good.
        void Refuse(int index, int tried, int wanted)
        {
            if (tried + 1 < design.Buckets)
            {
                Try((index + 1) % design.Buckets, tried + 1, wanted);
                return;
            }

            answers.AddRange(Enumerable.Repeat(simulation.Now, wanted));
            connections.Leave();
        }
    }

    private static int Share(int units, int buckets, int index) =>
        (units / buckets) + (index < units % buckets ? 1 : 0);

    private sealed class Bucket(Station row, int units)
    {
        public Station Row => row;

        public int Left { get; set; } = units;
    }
}
