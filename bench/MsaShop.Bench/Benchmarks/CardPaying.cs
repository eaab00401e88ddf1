using System.Net;
using MsaShop.Bench.Measuring;
using MsaShop.Bench.Running;

namespace MsaShop.Bench.Benchmarks;

/// <summary>Confirming a card payment: gateway, payment-svc, order-svc, and the simulator for Toss.</summary>
internal sealed class CardPaying : IBenchmark
{
    private const int Payments = 1000;
    private const int Connections = 16;

    public string Name => "cards";

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var shop = await Shop.OpenAsync();
        var gateway = shop["gateway-svc"].Address;
        var series = await SideBySide.RunAsync(
            5,
            new("orders", () => Shopper.OrderAsync(gateway, Payments, Connections)),
            new("confirmations", ConfirmAsync)
        );
        return [Row.OfRates("card confirmed, with the simulator", "order, all of it", series[1], series[0], 0.8)];

        async Task<Sample> ConfirmAsync()
        {
            var confirmations = await Shopper.PrepareCardsAsync(shop, Payments);
            var (sample, _) = await Rush.SendAsync(
                Payments,
                buyer => confirmations[buyer](),
                Connections,
                HttpStatusCode.OK
            );
            return sample;
        }
    }
}
