using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.PaymentService.Deposits;

/// <summary>The endpoint for bank transfers that have come.</summary>
public static class DepositsApi
{
    private const string DepositSeen = "Deposit seen";

    /// <summary>Adds what the endpoint needs.</summary>
    public static IServiceCollection AddDeposits(this IServiceCollection services) => services.AddScoped<DepositDesk>();

    /// <summary>Maps the endpoint under <c>/api/payments</c>.</summary>
    public static RouteGroupBuilder MapDeposits(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization(Policies.Admin).WithTags("Payments");

        group
            .MapPost("/orders/{orderId:long}/deposit", RecordAsync)
            .WithName("RecordDeposit")
            .WithSummary("Says that an order's bank transfer has come, which confirms the order. Repeatable.");

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
            new PaymentMover(PaymentActor.Admin, caller.Id, DepositSeen),
            cancellationToken
        );
        return outcome switch
        {
            DepositOutcome.NotFound => Problems.NotFound("order"),
            DepositOutcome.NotATransfer => Problems.Conflict(
                "not_a_transfer",
                "The order is not paid by bank transfer."
            ),
            DepositOutcome.NotPayable => Problems.Conflict("order_not_payable", "The order is cancelled."),
            DepositOutcome.AmountMismatch(var expected) => Problems.Conflict(
                "amount_mismatch",
                "Another amount is to be paid.",
                new Dictionary<string, object?> { ["expected"] = (long)expected }
            ),
            DepositOutcome.Recorded
                when await database.ShowAsync(payment => payment.OrderId == orderId, isAdmin: true, cancellationToken)
                    is { } payment => TypedResults.Ok(payment),
            _ => throw new InvalidOperationException($"Unforeseen outcome {outcome}."),
        };
    }
}

/// <summary>A bank transfer that has come.</summary>
public sealed record DepositRequest
{
    /// <summary>In whose name it came; by default the name that the shopper announced.</summary>
    [MaxLength(50)]
    public string? DepositorName { get; init; }

    /// <summary>How much came, in won; by default what was to come.</summary>
    [Range(1, 1_000_000_000_000)]
    public long? Amount { get; init; }
}
