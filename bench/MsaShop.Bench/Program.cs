using System.Runtime.InteropServices;
using MsaShop.Bench;
using MsaShop.Bench.Benchmarks;

// The runtime's own handling would end the program before it ends its processes.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));

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
