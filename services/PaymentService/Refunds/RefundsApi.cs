using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

internal static class RefundsApi
{
    public static void AddRefunds(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<RefundMetrics>().AddScoped<RefundDesk>().AddPeriodicWork<RefusedRefunds>();

    public static OutboxRoutes HandleRefunds(this OutboxRoutes outbox, IConfiguration configuration)
    {
        // Toss's answer and a lookup. A longer lease would only delay a refund whose process died.
        var toss = TossOptions.Of(configuration);
        return outbox
            .Handle<SendRefund, SendRefundHandler>(toss.StepTimeout + toss.LookupTimeout)
            .Handle<RefundRest, RefundRestHandler>();
    }

    public static RouteGroupBuilder MapRefunds(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization(Policies.Admin).WithTags("Refunds");

        group
            .MapPost("/{id:long}/refund", RefundAsync)
            .WithName("RefundPayment")
            .WithSummary("Gives money back, all that is left or a part.")
            .WithDescription(
                "200: it went back, or is to be transferred by hand. 202: whether it did is not known yet; it is found out "
                    + "in the background. The same Idempotency-Key gives how that refund stands now."
            );
        group
            .MapGet("/refunds", ListAsync)
            .WithName("ListRefunds")
            .WithSummary("All refunds, newest first.")
            .WithDescription(LongList.TotalDescription);
        group
            .MapPost("/refunds/{refundId:long}/retry", RetryAsync)
            .WithName("RetryRefund")
            .WithSummary("Has a refund tried again that Toss has refused. Repeatable.")
            .WithDescription(
                "200: it went back. 202: whether it did is not known yet. 422 `refund_refused`: Toss refuses it again. What "
                    + "was not refused, or has been tried again, is shown as it stands."
            );
        group
            .MapPost("/refunds/{refundId:long}/settled", SettleAsync)
            .WithName("SettleRefund")
            .WithSummary("Says that a refund which Toss has refused has been made by hand. Repeatable.")
            .WithDescription(
                "Its money counts as gone back, and the reconciliation lists it as `REFUNDED_BY_HAND`. 409: Toss is being asked again "
                    + "(`refund_in_progress`), has not refused it (`refund_not_refused`), or somebody else has said so before "
                    + "(`refund_already_settled`)."
            );
        group
            .MapPost("/refunds/{refundId:long}/transferred", MarkTransferredAsync)
            .WithName("MarkRefundTransferred")
            .WithSummary("Says that a refund of a bank transfer has been transferred back. Repeatable.");

        return group;
    }

    private static async Task<
        Results<Ok<PaymentResponse>, Accepted<PaymentResponse>, ValidationProblem, ProblemHttpResult>
    > RefundAsync(
        long id,
        RefundRequest request,
        [FromHeader(Name = IdempotencyKey.HeaderName)] string? idempotencyKey,
        CurrentUser caller,
        RefundDesk desk,
        PaymentDbContext database,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.Invalid(IdempotencyKey.HeaderName, IdempotencyKey.Requirement);
        }

        var outcome = await desk.RefundAsync(
            id,
            request.Amount,
            new Actor(PaymentActor.Admin, caller.Id, request.Reason),
            idempotencyKey,
            cancellationToken
        );
        if (outcome is not { Refusal: null, Refund: { } refund })
        {
            return ToProblem(outcome, "payment");
        }

        if (outcome.Replayed)
        {
            response.Headers[IdempotencyKey.ReplayedHeaderName] = "true";
        }

        if (refund.Status == RefundStatus.Failed)
        {
            return Refused(refund);
        }

        var payment =
            await database.ShowAsync(payment => payment.Id == id, isAdmin: true, cancellationToken)
            ?? throw new InvalidOperationException($"There is no payment {id}.");
        return refund.Status == RefundStatus.Pending
            ? TypedResults.Accepted($"/api/payments/orders/{payment.OrderId}", payment)
            : TypedResults.Ok(payment);
    }

    private static async Task<Results<Ok<RefundResponse>, Accepted<RefundResponse>, ProblemHttpResult>> RetryAsync(
        long refundId,
        CurrentUser caller,
        RefundDesk desk,
        CancellationToken cancellationToken
    ) =>
        await desk.RetryAsync(refundId, caller.Id, cancellationToken) switch
        {
            { Refusal: null, Refund: { Status: RefundStatus.Failed } refund } => Refused(refund),
            { Refusal: null, Refund: { Status: RefundStatus.Pending } refund } => TypedResults.Accepted(
                $"/api/payments/refunds?paymentId={refund.PaymentId}",
                refund.ToResponse()
            ),
            { Refusal: null, Refund: { } refund } => TypedResults.Ok(refund.ToResponse()),
            var outcome => ToProblem(outcome, "refund"),
        };

    private static async Task<Results<Ok<RefundResponse>, ValidationProblem, ProblemHttpResult>> SettleAsync(
        long refundId,
        SettleRefundRequest request,
        CurrentUser caller,
        RefundDesk desk,
        CancellationToken cancellationToken
    ) =>
        await desk.SettleAsync(refundId, caller.Id, request.Reason, cancellationToken) switch
        {
            { Refusal: null, Refund: { } refund } => TypedResults.Ok(refund.ToResponse()),
            var outcome => ToProblem(outcome, "refund"),
        };

    private static ProblemHttpResult Refused(Refund refund) =>
        Problems.Unprocessable(
            "refund_refused",
            "Toss refuses the refund. The money is still here.",
            new Dictionary<string, object?>
            {
                ["refundId"] = refund.Id,
                ["tossCode"] = refund.TossCode,
                ["tossMessage"] = refund.TossMessage,
            }
        );

    private static ProblemHttpResult ToProblem(RefundOutcome? outcome, string missing) =>
        outcome switch
        {
            null => Problems.NotFound(missing),
            { Refusal: PaymentRefusal.KeyReused } => Problems.IdempotencyKeyReused(),
            { Refusal: PaymentRefusal.NotRefundable, Draft.Payment.Status: var status } => Problems.Conflict(
                "not_refundable",
                "There is no money to give back.",
                new Dictionary<string, object?> { ["paymentStatus"] = status }
            ),
            { Refusal: PaymentRefusal.Undoable, Draft.Payment.UndoUntil: var undoUntil } => Problems.Conflict(
                "deposit_undoable",
                "The deposit can still be undone. Undo it, or try again when that is over.",
                new Dictionary<string, object?> { ["undoUntil"] = undoUntil }
            ),
            { Refusal: PaymentRefusal.RefundInProgress, Draft.PendingRefund: var pending } => Problems.Conflict(
                "refund_in_progress",
                "Another refund of the payment is under way.",
                new Dictionary<string, object?> { ["refundId"] = pending!.Id }
            ),
            { Refusal: PaymentRefusal.NotRefused, Refund: var refund } => Problems.Conflict(
                "refund_not_refused",
                "Toss has not refused the refund.",
                new Dictionary<string, object?> { ["refundStatus"] = refund!.Status }
            ),
            { Refusal: PaymentRefusal.SettledBefore, Refund: { } refund } => Problems.Conflict(
                "refund_already_settled",
                "Somebody else has said that the refund was made by hand.",
                new Dictionary<string, object?>
                {
                    ["settledBy"] = refund.SettledBy,
                    ["settledAt"] = refund.SettledAt,
                    ["settledReason"] = refund.SettledReason,
                }
            ),
            { Refusal: PaymentRefusal.TooLarge, Draft.Payment.Refundable: var refundable } => Problems.Unprocessable(
                "refund_too_large",
                "Not that much is left.",
                new Dictionary<string, object?> { ["refundable"] = (long)refundable }
            ),
            _ => throw new InvalidOperationException($"Unforeseen outcome {outcome}."),
        };

    private static async Task<Ok<PagedList<RefundResponse>>> ListAsync(
        [AsParameters] RefundFilter filter,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var matching = filter.Filter(database);
        var refunds = await filter
            .Apply(matching.OrderByDescending(refund => refund.CreatedAt).ThenByDescending(refund => refund.Id))
            .Join(
                database.Payments,
                refund => refund.PaymentId,
                payment => payment.Id,
                (refund, payment) => new { Refund = refund, Payment = payment }
            )
            .OrderByDescending(pair => pair.Refund.CreatedAt)
            .ThenByDescending(pair => pair.Refund.Id)
            .ToListAsync(cancellationToken);
        var total = await filter.CountAsync(matching, refunds.Count, cancellationToken);
        return TypedResults.Ok(
            filter.ToPage(
                [
                    .. refunds.Select(pair =>
                        pair.Refund.ToResponse() with
                        {
                            OrderId = pair.Payment.OrderId,
                            OrderNumber = pair.Payment.OrderNumber,
                            Method = pair.Payment.Method,
                            DepositorName = pair.Payment.DepositorName,
                        }
                    ),
                ],
                total
            )
        );
    }

    private static async Task<Results<Ok<RefundResponse>, ProblemHttpResult>> MarkTransferredAsync(
        long refundId,
        CurrentUser caller,
        RefundDesk desk,
        CancellationToken cancellationToken
    ) =>
        await desk.MarkTransferredAsync(refundId, caller.Id, cancellationToken) switch
        {
            null => Problems.NotFound("refund"),
            { TransferredBy: null } => Problems.Conflict(
                "not_a_transfer",
                "The refund is not one to transfer by hand: Toss makes it."
            ),
            var refund => TypedResults.Ok(refund.ToResponse()),
        };
}

/// <summary>A request to give money back.</summary>
public sealed record RefundRequest
{
    /// <summary>How much, in won; by default all that is left.</summary>
    [Range(1, 1_000_000_000_000)]
    public long? Amount { get; init; }

    /// <summary>Why. Toss keeps it, and may show it to the shopper.</summary>
    [Required]
    [MaxLength(Refund.MaxReasonLength)]
    public string Reason { get; init; } = "";
}

/// <summary>Says that a refund was made by hand.</summary>
public sealed record SettleRefundRequest
{
    /// <summary>How it was made, or why.</summary>
    [Required]
    [MaxLength(Refund.MaxReasonLength)]
    public string Reason { get; init; } = "";
}

/// <summary>Which refunds to list.</summary>
public sealed record RefundFilter : PageRequest
{
    /// <summary>Only refunds with this status.</summary>
    [WordOf<RefundStatus>]
    public string? Status { get; init; }

    /// <summary>Only refunds that Toss has refused and nobody has dealt with: their money is still here.</summary>
    public bool? Refused { get; init; }

    /// <summary>Only this payment's refunds.</summary>
    [Range(1, long.MaxValue)]
    public long? PaymentId { get; init; }

    /// <summary>Only refunds begun at this time or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>Only refunds begun before this time.</summary>
    public DateTime? To { get; init; }

    internal IQueryable<Refund> Filter(PaymentDbContext database)
    {
        var refunds = database.Refunds.AsNoTracking();
        return (Refused == true ? refunds.WhereRefused(database) : refunds)
            .WhereGiven(EnumWords.Parse<RefundStatus>(Status), status => refund => refund.Status == status)
            .WhereGiven(PaymentId, paymentId => refund => refund.PaymentId == paymentId)
            .WhereGiven(From, from => refund => refund.CreatedAt >= from)
            .WhereGiven(To, to => refund => refund.CreatedAt < to);
    }
}
