using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.TossPayments.Ledger;
using MsaShop.TossPayments.Payments;

namespace MsaShop.TossPayments.Faults;

/// <summary>Injects a fault.</summary>
/// <param name="Count">How often it strikes.</param>
/// <param name="Operation">Limits it to one operation; not for faults of webhooks.</param>
/// <param name="OrderId">Limits it to one order.</param>
/// <param name="PaymentKey">Limits it to one payment.</param>
/// <param name="Seconds">The delay of <c>slow</c>, and the longest wait of <c>reorder</c>.</param>
/// <param name="Code">The error's code; by default an internal error (500).</param>
public sealed record AddFault(
    [Required] FaultKind? Kind,
    [Range(1, 1_000_000)] int Count = 1,
    Operation? Operation = null,
    string? OrderId = null,
    string? PaymentKey = null,
    [Range(0, 3600)] double Seconds = 5,
    string? Code = null
);

/// <summary>A fault that is not used up yet.</summary>
public sealed record WaitingFault(
    long Id,
    FaultKind Kind,
    int Remaining,
    Operation? Operation,
    string? OrderId,
    string? PaymentKey,
    double Seconds,
    string? Code
);

/// <summary><c>/sim/faults</c>.</summary>
internal static class FaultsApi
{
    public static void MapFaults(this IEndpointRouteBuilder app)
    {
        var faults = app.MapGroup("/sim/faults");
        faults.MapGet("/", (LedgerStore ledger) => ledger.ReadAsync(ListAsync));
        faults.MapPost("/", AddAsync);
        faults.MapDelete(
            "/",
            async (LedgerStore ledger) =>
            {
                await ledger.ChangeAsync(database => database.Faults.ExecuteDeleteAsync());
                return TypedResults.NoContent();
            }
        );
        faults.MapDelete(
            "/{id:long}",
            async (long id, LedgerStore ledger) =>
            {
                await ledger.ChangeAsync(database =>
                    database.Faults.Where(fault => fault.Id == id).ExecuteDeleteAsync()
                );
                return TypedResults.NoContent();
            }
        );
    }

    private static async Task<Results<Created<WaitingFault>, ValidationProblem>> AddAsync(
        AddFault request,
        LedgerStore ledger
    )
    {
        if (request.Code is not null && TossErrors.Find(request.Code) is null)
        {
            return Problems.Invalid(nameof(request.Code), "Toss has no such error code.");
        }

        var fault = new Fault
        {
            Kind = request.Kind!.Value,
            Remaining = request.Count,
            Operation = request.Operation,
            OrderId = request.OrderId,
            PaymentKey = request.PaymentKey,
            Seconds = request.Seconds,
            Code = request.Code,
        };
        await ledger.ChangeAsync(database =>
        {
            database.Faults.Add(fault);
            return database.SaveChangesAsync();
        });
        return TypedResults.Created($"/sim/faults/{fault.Id}", AsWaiting(fault));
    }

    private static async Task<WaitingFault[]> ListAsync(LedgerDbContext database) =>
        [.. (await database.Faults.OrderBy(fault => fault.Id).ToListAsync()).Select(AsWaiting)];

    private static WaitingFault AsWaiting(Fault fault) =>
        new(
            fault.Id,
            fault.Kind,
            fault.Remaining,
            fault.Operation,
            fault.OrderId,
            fault.PaymentKey,
            fault.Seconds,
            fault.Code
        );
}
