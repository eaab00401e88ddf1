using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;
using MySqlConnector;

namespace MsaShop.Outbox;

/// <summary>The administrators' endpoints of the outbox.</summary>
public static class OutboxApi
{
    /// <summary>Maps the list of messages, and the retry of dead ones.</summary>
    /// <param name="path">The path, such as <c>/api/orders/outbox</c>.</param>
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
        // The framework validates only endpoints mapped in the service's own project.
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
        catch (MySqlException exception) when (exception.IsDuplicateKey())
        {
            return Problems.Conflict("already_pending", "A newer message about the same is pending.");
        }

        return await store.Messages.AnyAsync(message => message.Id == id, cancellationToken)
            ? Problems.Conflict("not_dead", "Only dead messages can be tried again.")
            : Problems.NotFound("message");
    }
}

/// <summary>Filters the list of messages.</summary>
public sealed record OutboxFilter : PageRequest
{
    /// <summary>A word of <see cref="OutboxStatus"/>.</summary>
    [Description("Only those in this status.")]
    [WordOf<OutboxStatus>]
    public string? Status { get; init; }
}

/// <summary>A message without its payload.</summary>
// OpenAPI documents include XML comments of MsaShop.ServiceDefaults only, hence the attributes.
[Description("A message, without its content.")]
public sealed record OutboxMessageResponse(
    [property: Description("Its id.")] long Id,
    [property: Description("The word for its kind.")] string Type,
    [property: Description("What it is about.")] string? Key,
    [property: Description("How far it is.")] OutboxStatus Status,
    [property: Description("How often it was tried.")] int Attempts,
    [property: Description("When it is, or was, to be tried next.")] DateTime NextAttemptAt,
    [property: Description("Why the last attempt did not do it.")] string? LastError,
    [property: Description("When it was enqueued.")] DateTime CreatedAt,
    [property: Description("When it was done, or found dead.")] DateTime? DoneAt
);
