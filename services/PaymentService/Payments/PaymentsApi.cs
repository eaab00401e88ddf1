using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.PaymentService.Cards;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.PaymentService.Payments;

/// <summary>Endpoints for payments.</summary>
public static class PaymentsApi
{
    /// <summary>Maps <c>/api/payments</c>.</summary>
    public static RouteGroupBuilder MapPayments(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/payments").RequireAuthorization().WithTags("Payments");

        group
            .MapGet("/orders/{orderId:long}", GetOfOrderAsync)
            .WithName("GetPaymentOfOrder")
            .WithSummary("The payment of one's own order.")
            .WithDescription(
                "Until somebody tries to pay there is none: 404 `not_found`, or 204 with `ifAny=true`, for callers to whom that is no error."
            );
        group
            .MapGet("/", ListAsync)
            .RequireAuthorization(Policies.Admin)
            .WithName("ListPayments")
            .WithSummary("All payments, newest first.")
            .WithDescription(LongList.SearchDescription);

        group.MapPaymentExport();

        return group;
    }

    private static async Task<Results<Ok<PaymentResponse>, NoContent, ProblemHttpResult>> GetOfOrderAsync(
        long orderId,
        [Description("Whether none is answered with 204 rather than 404.")] bool? ifAny,
        CurrentUser caller,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var (userId, isAdmin) = (caller.Id, caller.IsAdmin);
        var payment = await database.ShowAsync(
            payment => payment.OrderId == orderId && (isAdmin || payment.UserId == userId),
            isAdmin,
            cancellationToken
        );
        return payment switch
        {
            not null => TypedResults.Ok(payment),
            null when ifAny == true => TypedResults.NoContent(),
            null => Problems.NotFound("payment"),
        };
    }

    private static async Task<Ok<PagedList<PaymentResponse>>> ListAsync(
        [AsParameters] PaymentFilter filter,
        [AsParameters] PageRequest page,
        PaymentDbContext database,
        CancellationToken cancellationToken
    )
    {
        var matching = filter.Filter(database.Payments.AsNoTracking());
        var payments = await page.Apply(PaymentFilter.Newest(matching)).ToListAsync(cancellationToken);
        var total = await page.CountAsync(matching, payments.Count, cancellationToken);
        var attempts = await database.FindLatestAttemptsAsync(
            [.. payments.Select(payment => payment.Id)],
            cancellationToken
        );
        return TypedResults.Ok(
            page.ToPage(
                [.. payments.Select(payment => payment.ToResponse().With(attempts.GetValueOrDefault(payment.Id)))],
                total
            )
        );
    }
}
