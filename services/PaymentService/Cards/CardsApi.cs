using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Cards;

internal static class CardsApi
{
    public static void AddCards(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<HoldOptions>("Holds")
            .AddScoped<PaymentStore>()
            .AddScoped<CardStore>()
            .AddScoped<CardConfirmer>()
            .AddSingleton<PaymentMetrics>()
            .AddSingleton<PaymentReporter>()
            .AddPeriodicWork<AbandonedAttemptSweeper>()
            .AddPeriodicWork<OwnerlessHolds>()
            .AddPeriodicWork<UnknownOutcomeGauge>();

    public static OutboxRoutes HandleCards(this OutboxRoutes outbox, IConfiguration configuration) =>
        outbox.Handle<SettleCard, SettleCardHandler>(TossOptions.Of(configuration).StepTimeout);

    public static RouteGroupBuilder MapCards(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization().WithTags("Cards");

        group
            .MapPost("/confirm", ConfirmAsync)
            .WithName("ConfirmPayment")
            .WithSummary("Charges the card with which the shopper has signed in at Toss. May be repeated.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group
            .MapGet("/client", GetClient)
            .AllowAnonymous()
            .WithName("GetPaymentClient")
            .WithSummary("What the storefront opens Toss's payment window with.");

        return group;
    }

    private static async Task<Results<Ok<PaymentResponse>, Accepted<PaymentResponse>, ProblemHttpResult>> ConfirmAsync(
        ConfirmRequest request,
        CurrentUser caller,
        CardConfirmer cards,
        CancellationToken cancellationToken
    ) =>
        await cards.ConfirmAsync(request, caller.Id, cancellationToken) switch
        {
            CardConfirmation.Paid(var payment, var attempt) => TypedResults.Ok(payment.ToResponse().With(attempt)),
            CardConfirmation.Checking(var payment, var attempt) => TypedResults.Accepted(
                $"/api/payments/orders/{payment.OrderId}",
                payment.ToResponse().With(attempt)
            ),
            CardConfirmation.Refused(var attempt) => Problems.Unprocessable(
                "card_refused",
                attempt.TossMessage ?? "The card was refused. It has not been charged.",
                TossMembers(attempt)
            ),
            CardConfirmation.Unavailable => Problems.Unavailable(
                "payment_unavailable",
                "No card can be charged just now. This one has not been: start the payment again later."
            ),
            CardConfirmation.Expired(var attempt) => Problems.Conflict(
                "payment_expired",
                "The payment was not confirmed in time. The card has not been charged: start the payment again.",
                TossMembers(attempt)
            ),
            CardConfirmation.OrderNotFound => Problems.NotFound("order", "order_not_found"),
            CardConfirmation.AmountMismatch => Problems.Conflict(
                "amount_mismatch",
                "The order costs something else. The card has not been charged."
            ),
            CardConfirmation.InProgress => Problems.Conflict(
                "payment_in_progress",
                "Another payment of this order is under way."
            ),
            _ => Problems.Conflict("order_not_payable", "The order cannot be paid with this payment."),
        };

    private static Dictionary<string, object?> TossMembers(CardAttempt attempt) =>
        new() { ["tossCode"] = attempt.TossCode, ["tossMessage"] = attempt.TossMessage };

    private static Ok<PaymentClientResponse> GetClient(IOptions<TossOptions> toss) =>
        TypedResults.Ok(new PaymentClientResponse(toss.Value.ClientKey, toss.Value.ScriptUrl));
}

/// <summary>What the storefront opens Toss's payment window with.</summary>
/// <param name="ClientKey">The shop's public key at Toss.</param>
/// <param name="ScriptUrl">The script that opens the window.</param>
public sealed record PaymentClientResponse(string ClientKey, Uri ScriptUrl);
