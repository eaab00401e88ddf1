using MsaShop.ServiceDefaults;
using MsaShop.TossPayments.Api;
using MsaShop.TossPayments.Checkout;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Settings;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments;

/// <summary>
/// A local Toss Payments. Its entry point has a name of its own instead of the global <c>Program</c>, so that tests can
/// refer to it and to a service at once.
/// </summary>
public static class SimulatorApp
{
    public static Task Main(string[] args) => Build(args).RunAsync();

    /// <summary>Builds the simulator and opens its data file, without starting it.</summary>
    /// <param name="args">Configuration, such as <c>--Simulator:SecretKey=…</c> or <c>--urls=…</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);

        builder.AddServiceDefaults("toss-payments");
        builder.AddSimulatorOptions();
        builder.AddLedger();
        builder.Services.AddSingleton<SimulatorClock>();
        builder.Services.AddSingleton<TossPipeline>();
        builder.Services.AddSingleton<PaymentOperations>();
        builder.Services.AddSingleton<PaymentExpiry>();
        builder.Services.AddWebhooks();
        builder.Services.AddRazorComponents();
        builder.Services.AddCors();
        builder.Services.AddValidation();

        var app = builder.Build();
        app.OpenLedger();

        // The storefront calls from another origin.
        app.UseCors(cors => cors.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader());
        app.UseServiceDefaults();
        app.MapPaymentsApi();
        app.MapCheckout();
        app.MapFaults();
        app.MapClock();
        app.MapWebhooks();
        return app;
    }
}
