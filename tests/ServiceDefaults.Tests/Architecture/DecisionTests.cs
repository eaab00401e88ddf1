using System.Text.RegularExpressions;

namespace MsaShop.ServiceDefaults.Tests.Architecture;

/// <summary>What is decided knows nothing of where it is stored, and what is stored is in a store.</summary>
public sealed partial class DecisionTests
{
    [Fact]
    public void Decisions_know_no_clock_no_database_and_no_http()
    {
        var decisions = SourceFile.In("services").Where(file => IsDecision(file.Path)).ToList();

        Assert.NotEmpty(decisions);
        Assert.Empty(decisions.SelectMany(file => FindOutside(file.Text).Select(what => $"{file.Path}: {what}")));
    }

    [Fact]
    public void Only_stores_cleaners_and_seeds_hold_sql_and_transactions() =>
        Assert.Empty(
            SourceFile
                .In("services")
                .Where(file => !IsStore(file.Path))
                .SelectMany(file => FindStatements(file.Text).Select(what => $"{file.Path}: {what}"))
        );

    [Theory]
    [InlineData("time.GetUtcNow()", 0)]
    [InlineData("internal sealed class Rules(TimeProvider time)", 1)]
    [InlineData("if (order.PayBy < DateTime.UtcNow)", 1)]
    [InlineData("public static Decision Decide(OrderDbContext database)", 1)]
    [InlineData("await http.GetAsync(address)", 1)]
    public void What_a_decision_must_not_know_is_found(string text, int found) =>
        Assert.Equal(found, FindOutside(text).Count());

    [Theory]
    [InlineData("database.Orders.Where(order => order.Id == id).ToListAsync()", 0)]
    [InlineData("database.Orders.FromSql($\"SELECT * FROM orders\")", 1)]
    [InlineData("database.TransactAsync(work, token)", 1)]
    [InlineData("database.TransactAsync<Product?>(work, token)", 1)]
    [InlineData("transaction.Write($\"UPDATE orders SET status = 'PENDING'\")", 1)]
    [InlineData("await database.SaveChangesAsync(token)", 1)]
    public void A_statement_outside_a_store_is_found(string text, int found) =>
        Assert.Equal(found, FindStatements(text).Count());

    private static bool IsDecision(string path) => DecisionFile().IsMatch(path);

    private static bool IsStore(string path) => StoreFile().IsMatch(path);

    private static IEnumerable<string> FindOutside(string text) => Outside().Matches(text).Select(match => match.Value);

    private static IEnumerable<string> FindStatements(string text) =>
        Statement().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"(Decisions|Transitions?|Expectation)\.cs$")]
    private static partial Regex DecisionFile();

    [GeneratedRegex(@"(Store|Cleaner|Seed|DbContext)\.cs$")]
    private static partial Regex StoreFile();

    [GeneratedRegex(
        @"\b(TimeProvider|DateTime\.(Utc)?Now|\w*DbContext|BatchedTransaction|http\.\w+|HttpClient|\w+Client client)\b"
    )]
    private static partial Regex Outside();

    [GeneratedRegex(
        @"\b(FromSql\w*|ExecuteSql\w*|ExecuteUpdate\w*|ExecuteDelete\w*|Transact\w*Async|ReadBatchAsync|ExecuteStatementAsync|SaveChanges\w*|BeginTransaction\w*)(<[^(]+>)?\(|\.Write\(\s*\$"
    )]
    private static partial Regex Statement();
}
