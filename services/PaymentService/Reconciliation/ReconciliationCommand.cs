using System.Globalization;
using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>
/// The service's program with the argument <c>reconcile</c>: compares, prints, and ends. <c>--from</c>, <c>--to</c> and
/// <c>--grace</c> (seconds) are those of the API.
/// </summary>
public static class ReconciliationCommand
{
    private const int AllIsWell = 0;
    private const int CouldNotCompare = 1;
    private const int WrongArguments = 2;
    private const int SomethingDiffers = 3;

    public static bool IsReconcile(string[] args) => args is ["reconcile", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> ReconcileAsync(this WebApplication app, string[] args)
    {
        await using (app)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var now = services.GetRequiredService<TimeProvider>().GetStorableNow();
            if (Read(args, now) is not { Problem: null } period)
            {
                await Console.Error.WriteLineAsync(
                    "Usage: reconcile [--from=2026-11-01T00:00:00Z] [--to=2026-11-02T00:00:00Z] [--grace=120], 31 days at most"
                );
                return WrongArguments;
            }

            try
            {
                var report = await services
                    .GetRequiredService<Reconciler>()
                    .RunAsync(period.From, period.To, period.Grace, app.Lifetime.ApplicationStopping);
                Print(report, Console.Out);
                return report.Differences.Count == 0 ? AllIsWell : SomethingDiffers;
            }
            catch (Exception exception) when (exception.IsServiceFailure())
            {
                await Console.Error.WriteLineAsync($"Could not compare: {exception.GetSafeMessage()}");
                return CouldNotCompare;
            }
        }
    }

    private static ReconciliationPeriod? Read(string[] args, DateTime now)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        return
            TryRead(given["from"], out var from)
            && TryRead(given["to"], out var to)
            && (given["grace"] is null || int.TryParse(given["grace"], NumberStyles.None, null, out _))
            ? ReconciliationPeriod.Create(
                from,
                to,
                given["grace"] is { } grace ? int.Parse(grace, CultureInfo.InvariantCulture) : null,
                now
            )
            : null;
    }

    private static bool TryRead(string? text, out DateTime? time)
    {
        var isTime = DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var read
        );
        time = isTime ? read : null;
        return isTime || text is null;
    }

    private static void Print(ReconciliationReport report, TextWriter output)
    {
        output.WriteLine(
            $"{report.From:u} to {report.To:u}, compared {report.CheckedAt:u}, grace {report.GraceSeconds} s"
        );
        output.WriteLine(
            $"orders   {report.Orders.Count, 8} of which paid {report.Orders.Paid, 8} {report.Orders.PaidAmount, 15} won"
        );
        Print("payments", report.Payments, output);
        Print("Toss", report.Toss, output);
        output.WriteLine();
        Print("differences", report.Differences, output);
        Print("still settling", report.Settling, output);
        if (report.IsTruncated)
        {
            output.WriteLine("There are more than are listed.");
        }
    }

    private static void Print(string side, MoneyTotals totals, TextWriter output) =>
        output.WriteLine(
            $"{side, -8} {totals.Count, 8} {totals.Amount, 15} won, of which back {totals.RefundedAmount, 15} won"
        );

    private static void Print(string title, IReadOnlyList<Difference> differences, TextWriter output)
    {
        output.WriteLine($"{title}: {differences.Count}");
        foreach (var difference in differences)
        {
            output.WriteLine(
                $"  {difference.Kind.ToWord(), -24} {difference.OrderNumber, -24} {difference.Since:u}"
                    + $"  order {(difference.Order is { } order ? $"{order.Id} {order.Status.ToWord()} {order.TotalPrice}" : "-")}"
                    + $" | payment {(difference.Payment is { } payment ? $"{payment.Id} {payment.Status.ToWord()} {payment.Amount}, back {payment.RefundedAmount}" : "-")}"
                    + $" | Toss {(difference.Toss is { } toss ? $"{toss.PaymentKey} {toss.Status} {toss.TotalAmount}, back {toss.RefundedAmount}" : "-")}"
            );
        }
    }
}
