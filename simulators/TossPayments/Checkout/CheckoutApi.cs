using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.TossPayments.Clock;
using MsaShop.TossPayments.Faults;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;
using MsaShop.TossPayments.Webhooks;

namespace MsaShop.TossPayments.Checkout;

/// <summary>The browser's endpoints: the script, the payment window, and the buyer's decisions in it.</summary>
internal static class CheckoutApi
{
    public static void MapCheckout(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v2/standard", () => Asset("toss-payments.js", "text/javascript; charset=utf-8"));
        app.MapGet("/sim/assets/checkout.css", () => Asset("checkout.css", "text/css; charset=utf-8"));
        app.MapGet("/sim/assets/checkout.js", () => Asset("checkout.js", "text/javascript; charset=utf-8"));
        app.MapPost("/sim/payments", NewPayments.OpenAsync);
        app.MapGet("/sim/payments", PaymentList.ListAsync);
        app.MapGet("/sim/checkout/{paymentKey}", ShowAsync);
        app.MapPost("/sim/checkout/{paymentKey}", DecideAsync);
    }

    private static async Task<IResult> ShowAsync(
        string paymentKey,
        string? lang,
        HttpRequest request,
        LedgerStore ledger,
        PaymentExpiry expiry
    )
    {
        await expiry.ExpireDueAsync();
        return await FindAsync(ledger, paymentKey) is { } payment
            ? Window(payment, lang, request)
            : Problems.NotFound("payment");
    }

    /// <summary>The buyer pays, cancels, or is refused by the card company.</summary>
    private static async Task<IResult> DecideAsync(
        string paymentKey,
        string? lang,
        HttpRequest request,
        LedgerStore ledger,
        SimulatorClock clock,
        PaymentExpiry expiry,
        WebhookOutbox webhooks
    )
    {
        if (!request.HasFormContentType)
        {
            return Problems.Invalid("action", "Send a form.");
        }

        var form = await request.ReadFormAsync();
        var action = form["action"].ToString();
        if (action is not ("pay" or "cancel" or "refuse"))
        {
            return Problems.Invalid("action", "The action is pay, cancel or refuse.");
        }

        await expiry.ExpireDueAsync();
        var english = Words.IsEnglish(lang, request);
        var outcome = await ledger.ChangeAsync(async database =>
        {
            var payment = await database
                .Payments.Include(payment => payment.Cancels)
                .SingleOrDefaultAsync(payment => payment.PaymentKey == paymentKey);
            if (payment is not { Status: PaymentStatus.Ready })
            {
                return null;
            }

            switch (action)
            {
                case "pay":
                    var card = TestCards.Find(form["card"]);
                    payment.RefuseWith = TossErrors.Find(form["refuseWith"].ToString())?.Code ?? payment.RefuseWith;
                    payment.Authenticate(card.Use(Installments(form["installments"], payment)), clock.UtcNow);
                    return Outcome.Succeeded(payment);
                case "refuse":
                    payment.Abort(TossErrors.RejectCardCompany.Code);
                    await webhooks.AddAsync(database, payment);
                    break;
            }

            // Cancelling changes nothing: the window may be reopened until it expires.
            var error = action == "refuse" ? TossErrors.RejectCardCompany : TossErrors.PayProcessCanceled;
            var faults = await database.TakeFaultsAsync(
                operation: null,
                payment.OrderId,
                payment.PaymentKey,
                FaultKind.FailUrlWithoutOrderId
            );
            return Outcome.Failed(payment, error, english, faults.Has(FaultKind.FailUrlWithoutOrderId));
        });

        if (outcome is null)
        {
            return await ShowAsync(paymentKey, lang, request, ledger, expiry);
        }

        return outcome.EmbeddedBy is null && outcome.Url is not null
            ? TypedResults.Redirect(outcome.Url)
            : new RazorComponentResult<ResultPage>(new { Outcome = outcome, English = english });
    }

    private static RazorComponentResult<CheckoutPage> Window(Payment payment, string? lang, HttpRequest request) =>
        new(new { Payment = payment, English = Words.IsEnglish(lang ?? payment.Language, request) });

    private static Task<Payment?> FindAsync(LedgerStore ledger, string paymentKey) =>
        ledger.ReadAsync(database =>
            database.Payments.SingleOrDefaultAsync(payment => payment.PaymentKey == paymentKey)
        );

    private static int Installments(string? months, Payment payment) =>
        payment.TotalAmount >= TestCards.InstallmentMinimum
        && int.TryParse(months, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen)
        && chosen is >= 2 and <= TestCards.MaxInstallmentMonths
            ? chosen
            : 0;

    private static FileStreamHttpResult Asset(string name, string type) =>
        TypedResults.Stream(typeof(CheckoutApi).Assembly.GetManifestResourceStream(name)!, type);
}

/// <summary>The window's outcome, and where the buyer goes next.</summary>
public sealed record Outcome(
    string Kind,
    string? Url,
    string? EmbeddedBy,
    string PaymentKey,
    string OrderId,
    long Amount,
    string? Code = null,
    string? Message = null
)
{
    public static Outcome Succeeded(Payment payment) =>
        new(
            "success",
            SuccessUrl(payment),
            payment.EmbeddedBy,
            payment.PaymentKey,
            payment.OrderId,
            payment.TotalAmount
        );

    internal static Outcome Failed(Payment payment, TossError error, bool english, bool withoutOrderId)
    {
        var query = new Dictionary<string, string?> { ["code"] = error.Code, ["message"] = error.Message(english) };
        if (!withoutOrderId)
        {
            query["orderId"] = payment.OrderId;
        }

        return new Outcome(
            error == TossErrors.PayProcessCanceled ? "cancel" : "fail",
            payment.FailUrl is { } url ? QueryHelpers.AddQueryString(url, query) : null,
            payment.EmbeddedBy,
            payment.PaymentKey,
            payment.OrderId,
            payment.TotalAmount,
            error.Code,
            error.Message(english)
        );
    }

    /// <summary>Where the buyer goes after paying; null in Promise style.</summary>
    public static string? SuccessUrl(Payment payment) =>
        payment.SuccessUrl is null
            ? null
            : QueryHelpers.AddQueryString(
                payment.SuccessUrl,
                new Dictionary<string, string?>
                {
                    ["paymentType"] = "NORMAL",
                    ["orderId"] = payment.OrderId,
                    ["paymentKey"] = payment.PaymentKey,
                    ["amount"] = payment.TotalAmount.ToString(CultureInfo.InvariantCulture),
                }
            );
}
