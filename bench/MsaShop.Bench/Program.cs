using System.Runtime.InteropServices;
using MsaShop.Bench;
using MsaShop.Bench.Benchmarks;

// Exit runs the ProcessExit handlers, which end child processes; the default action for these signals would not.
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
