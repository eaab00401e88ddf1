using MsaShop.Bench;
using MsaShop.Bench.Benchmarks;

return await BenchCommand.RunAsync(
    args,
    [
        new ProductReading(),
        new Searching(),
        new ListGrowth(),
        new Ordering(),
        new CardPaying(),
        new GatewayAlone(),
        new FlashSale(),
        new OrderGrowth(),
        new HotSpot(),
        new Costs(),
        new Remembering(),
        new Starting(),
    ],
    Console.Error
);
