namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>A way from one pod to another, by the names of the table in docs/on-prem.md.</summary>
/// <param name="From">Who calls.</param>
/// <param name="To">Who is called.</param>
public sealed record Call(string From, string To)
{
    /// <summary>Whether a service of the shop makes it: what does not come from one leaves no trace.</summary>
    public bool IsOfAService => From.EndsWith("-svc", StringComparison.Ordinal);

    public override string ToString() => $"{From} → {To}";
}
