using MsaShop.Bench.Measuring;

namespace MsaShop.Bench.Simulating;

/// <summary>The measured cost of taking stock, and the available resources.</summary>
/// <param name="Work">Processor time of a take, service and database together, in milliseconds.</param>
/// <param name="Hold">How long a take holds the product's row lock, in milliseconds.</param>
/// <param name="RefusalHold">How long a take that finds nothing left holds it, in milliseconds.</param>
/// <param name="Cores">The processors of service and database together.</param>
/// <param name="Connections">The number of concurrent takes.</param>
internal sealed record TakeCosts(double Work, double Hold, double RefusalHold, int Cores, int Connections);

/// <summary>A way to keep the stock of one product.</summary>
/// <param name="Buckets">The number of rows that its units are spread over.</param>
/// <param name="Group">The maximum number of takes per transaction.</param>
/// <param name="RefusesWithoutLock">Whether a product known to be sold out is refused without locking its row.</param>
/// <param name="HandsOutTokens">Whether a counter in memory admits only as many takes as there are units.</param>
internal sealed record StockDesign(
    string Name,
    int Buckets = 1,
    int Group = 1,
    bool RefusesWithoutLock = false,
    bool HandsOutTokens = false
);

/// <summary>The outcome of a sale; times are in milliseconds.</summary>
/// <param name="SoldOutAfter">When the last unit was sold.</param>
/// <param name="AllAnsweredAfter">When the last buyer had an answer.</param>
/// <param name="Median">The median response time.</param>
internal sealed record SaleOutcome(int Sold, double SoldOutAfter, double AllAnsweredAfter, double Median);

/// <summary>Simulates a flash sale of one product: all buyers come at once, and each takes one unit.</summary>
internal static class HotProduct
{
    /// <summary>
    /// The share of a hold that a group pays once: begin, locks, and the commit's write to disk. Every take pays the
    /// rest, a row each of take, line and ledger. An assumption: no such design exists to be measured.
    /// </summary>
    private const double OnceAGroup = 0.7;

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
            // Takes refused by the counter cost next to nothing.
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

        // Tries the next bucket before refusing.
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
