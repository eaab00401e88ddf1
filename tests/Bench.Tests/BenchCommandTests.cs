namespace MsaShop.Bench.Tests;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task An_unknown_name_is_answered_in_a_line_with_the_known_ones_and_nothing_runs()
    {
        StubBenchmark[] benchmarks = [new("orders"), new("products")];
        using var errors = new StringWriter();

        var status = await BenchCommand.RunAsync(["orders", "nosuch"], benchmarks, errors);

        Assert.Equal(2, status);
        Assert.Equal("bench: there is no benchmark 'nosuch': orders, products", errors.ToString().TrimEnd());
        Assert.DoesNotContain(benchmarks, benchmark => benchmark.HasRun);
    }
}
