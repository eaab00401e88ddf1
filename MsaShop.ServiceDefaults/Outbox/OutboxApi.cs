using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;
using MySqlConnector;

namespace MsaShop.Outbox;

/// <summary>The outbox as administrators see it.</summary>
public static class OutboxApi
{
    /// <summary>Maps the list of messages and the retry of dead ones.</summary>
    /// <param name="app">The service.</param>
    /// <param name="path">Where, such as <c>/api/orders/outbox</c>.</param>
    public static RouteGroupBuilder MapOutbox(this IEndpointRouteBuilder app, string path)
    {
        var group = app.MapGroup(path).WithTags("Outbox").RequireAuthorization(Policies.Admin);
        group.MapGet("/", List).WithName("ListOutbox").WithSummary("Lists messages of the outbox, the newest first");
        group
            .MapPost("/{id:long}/retry", Retry)
            .WithName("RetryOutboxMessage")
            .WithSummary("Has a dead message tried again");
        return group;
    }

    private static async Task<Results<Ok<PagedList<OutboxMessageResponse>>, ValidationProblem>> List(
        [AsParameters] OutboxFilter filter,
        OutboxStore store,
        CancellationToken cancellationToken
    )
    {
        // The framework validates only what is mapped in the service's own project.
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(filter, new ValidationContext(filter), errors, validateAllProperties: true))
        {
            var fields = errors.ToLookup(
                error => JsonNamingPolicy.CamelCase.ConvertName(error.MemberNames.Single()),
                error => error.ErrorMessage!
            );
            return TypedResults.ValidationProblem(fields.ToDictionary(field => field.Key, field => field.ToArray()));
        }

        var messages = store.Messages;
        if (EnumWords.Parse<OutboxStatus>(filter.Status) is { } status)
        {
            messages = messages.Where(message => message.Status == status);
        }

        var total = await messages.LongCountAsync(cancellationToken);
        var items = await filter
            .Apply(messages.OrderByDescending(message => message.Id))
            .Select(message => new OutboxMessageResponse(
                message.Id,
                message.Type,
                message.Key,
                message.Status,
                message.Attempts,
                message.NextAttemptAt,
                message.LastError,
                message.CreatedAt,
                message.DoneAt
            ))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(filter.ToPage(items, total));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Retry(
        long id,
        OutboxStore store,
        OutboxDispatcher dispatcher,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await store.ReviveAsync(id, cancellationToken))
            {
                dispatcher.Wake();
                return TypedResults.NoContent();
            }
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.DuplicateKeyEntry)
        {
            return Problems.Conflict("already_pending", "A newer message about the same is pending.");
        }

        return await store.Messages.AnyAsync(message => message.Id == id, cancellationToken)
            ? Problems.Conflict("not_dead", "Only dead messages can be tried again.")
            : Problems.NotFound("message");
    }
}

/// <summary>Which messages to list.</summary>
public sealed record OutboxFilter : PageRequest
{
    /// <summary>Only those in this status.</summary>
    [WordOf<OutboxStatus>]
    public string? Status { get; init; }
}

/// <summary>A message, without its content.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">The word for its kind.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAttemptAt">When it is, or was, to be tried next.</param>
/// <param name="LastError">Why the last attempt did not do it.</param>
/// <param name="CreatedAt">When it was enqueued.</param>
/// <param name="DoneAt">When it was done, or found dead.</param>
public sealed record OutboxMessageResponse(
    long Id,
    string Type,
    string? Key,
    OutboxStatus Status,
    int Attempts,
    DateTime NextAttemptAt,
    string? LastError,
    DateTime CreatedAt,
    DateTime? DoneAt
);
