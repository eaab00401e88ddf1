using MsaShop.Bench.Benchmarks;

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

    [Theory]
    [InlineData("orders", 0)]
    [InlineData("nosuch", 2)]
    public async Task Names_can_be_checked_before_anything_is_built(string name, int expected)
    {
        StubBenchmark[] benchmarks = [new("orders")];
        using var errors = new StringWriter();

        Assert.Equal(expected, await BenchCommand.RunAsync(["--check", name], benchmarks, errors));
        Assert.DoesNotContain(benchmarks, benchmark => benchmark.HasRun);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_said_in_a_line()
    {
        using var errors = new StringWriter();

        var status = await BenchCommand.RunAsync(["start"], [new Hindered()], errors);

        Assert.Equal(1, status);
        Assert.Equal("bench: start: port 3000 is taken", errors.ToString().TrimEnd());
    }

    private sealed class Hindered : IBenchmark
    {
        public string Name => "start";

        public Task<IReadOnlyList<Row>> RunAsync() => throw new CannotMeasureException("port 3000 is taken");
    }
}
