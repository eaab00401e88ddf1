using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.PaymentService.Deposits;

internal static class DepositsApi
{
    public static void AddDeposits(this IHostApplicationBuilder builder) =>
        builder.Services.AddValidatedOptions<DepositOptions>("Deposits").AddScoped<DepositDesk>();

    public static RouteGroupBuilder MapDeposits(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization(Policies.Admin).WithTags("Payments");

        group
            .MapPost("/orders/{orderId:long}/deposit", RecordAsync)
            .WithName("RecordDeposit")
            .WithSummary("Says that an order's bank transfer has come, which confirms the order. Repeatable.")
            .WithDescription(
                """
                With `undoable` the order is confirmed a little later, at `undoUntil`; until then the deposit can be undone, and the
                payment cannot be refunded (409 `deposit_undoable`). Where the order has to be paid by then, it is confirmed at once, and
                there is no `undoUntil`. Said again, the time stays; said again without `undoable`, the order is confirmed at once.
                """
            );
        group
            .MapDelete("/orders/{orderId:long}/deposit", UndoAsync)
            .WithName("UndoDeposit")
            .WithSummary("Says that an order's bank transfer has not come after all. Repeatable.")
            .WithDescription(
                "Until `undoUntil`, the payment is PENDING again, as it was before, or FAILED where its order has been cancelled meanwhile; later the answer is 409 `deposit_settled`."
            );

        return group;
    }

    private static async Task<Results<Ok<PaymentResponse>, ProblemHttpResult>> RecordAsync(
        long orderId,
        DepositRequest? request,
        CurrentUser caller,
        DepositDesk desk,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var outcome = await desk.RecordAsync(
            orderId,
            string.IsNullOrWhiteSpace(request?.DepositorName) ? null : request.DepositorName.Trim(),
            request?.Amount,
            request?.Undoable ?? false,
            new Actor(PaymentActor.Admin, caller.Id, "Deposit seen"),
            cancellationToken
        );
        return await AnswerAsync(outcome, "order", orderId, database, cancellationToken);
    }

    private static async Task<Results<Ok<PaymentResponse>, ProblemHttpResult>> UndoAsync(
        long orderId,
        CurrentUser caller,
        DepositDesk desk,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var actor = new Actor(PaymentActor.Admin, caller.Id, "Deposit undone");
        var outcome = await desk.UndoAsync(orderId, actor, cancellationToken);
        return await AnswerAsync(outcome, "payment", orderId, database, cancellationToken);
    }

    private static async Task<Results<Ok<PaymentResponse>, ProblemHttpResult>> AnswerAsync(
        DepositOutcome outcome,
        string missing,
        long orderId,
        PaymentDbContext database,
        CancellationToken cancellationToken
    ) =>
        outcome switch
        {
            DepositOutcome.NotFound => Problems.NotFound(missing),
            DepositOutcome.Refused(PaymentRefusal.NotATransfer, _, _) => Problems.Conflict(
                "not_a_transfer",
                "The order is not paid by bank transfer."
            ),
            DepositOutcome.Refused(PaymentRefusal.NotPayable, _, _) => Problems.Conflict(
                "order_not_payable",
                "The order is cancelled."
            ),
            DepositOutcome.Refused(PaymentRefusal.AmountMismatch, var expected, _) => Problems.Conflict(
                "amount_mismatch",
                "Another amount is to be paid.",
                new Dictionary<string, object?> { ["expected"] = (long)expected }
            ),
            DepositOutcome.Refused(PaymentRefusal.Settled, _, var status) => Problems.Conflict(
                "deposit_settled",
                "The deposit cannot be undone any more.",
                new Dictionary<string, object?> { ["paymentStatus"] = status }
            ),
            DepositOutcome.Recorded
                when await database.ShowAsync(payment => payment.OrderId == orderId, isAdmin: true, cancellationToken)
                    is { } payment => TypedResults.Ok(payment),
            _ => throw new InvalidOperationException($"Unforeseen outcome {outcome}."),
        };
}

/// <summary>A bank transfer that has come.</summary>
public sealed record DepositRequest
{
    /// <summary>The name it came in; by default the one the shopper announced.</summary>
    [MaxLength(50)]
    public string? DepositorName { get; init; }

    /// <summary>How much came, in won; by default the amount due.</summary>
    [Range(1, 1_000_000_000_000)]
    public long? Amount { get; init; }

    /// <summary>Whether it can be undone for a few seconds, after which the order is confirmed.</summary>
    public bool Undoable { get; init; }
}
