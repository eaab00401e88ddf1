namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>
/// The table of docs/on-prem.md that says who reaches whom in the cluster. The tests of the manifests hold it against the
/// NetworkPolicies, cell by cell.
/// </summary>
internal sealed class Reachability
{
    private Reachability(IReadOnlyList<string> destinations, IReadOnlySet<Call> allowed)
    {
        Destinations = destinations;
        Allowed = allowed;
    }

    public static Reachability OfTheCluster { get; } = Read(File.ReadAllLines(Repository.PathOf("docs", "on-prem.md")));

    /// <summary>Everything that can be called.</summary>
    public IReadOnlyList<string> Destinations { get; }

    /// <summary>The ways that are open.</summary>
    public IReadOnlySet<Call> Allowed { get; }

    private static Reachability Read(IEnumerable<string> document)
    {
        var table = document
            .SkipWhile(line => !line.StartsWith(@"| from \ to |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        // A header is a name and a port.
        var destinations = table[0].Skip(1).Select(header => header.Split(' ')[0]).ToList();
        var allowed =
            from row in table.Skip(2)
            from way in row.Skip(1).Zip(destinations, (cell, to) => (Cell: cell, Call: new Call(row[0], to)))
            where way.Cell == "yes"
            select way.Call;
        return new Reachability(destinations, allowed.ToHashSet());
    }
}
