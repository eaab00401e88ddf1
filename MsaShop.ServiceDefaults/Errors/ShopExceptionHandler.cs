using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Turns an exception into a response: the caller's mistake, or something here that is down or broken.</summary>
internal sealed partial class ShopExceptionHandler(
    IProblemDetailsService problems,
    ILogger<ShopExceptionHandler> logger
) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the response.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Describe(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            logger.LogError(
                exception,
                "{Method} {Path} failed, traceId {RequestTraceId}",
                context.Request.Method,
                context.Request.Path,
                context.TraceIdOf()
            );
        }

        context.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(
            new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = problem,
                Exception = exception,
            }
        );
    }

    private static ProblemDetails Describe(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { InnerException: UnfitTextException unfit } => new HttpValidationProblemDetails(
                new Dictionary<string, string[]> { [NameOf(unfit.Path)] = [UnfitTextException.Requirement] }
            )
            {
                Status = StatusCodes.Status400BadRequest,
            },
            BadHttpRequestException { InnerException: JsonException json } => Problem(
                StatusCodes.Status400BadRequest,
                "malformed_request",
                string.IsNullOrEmpty(json.Path)
                    ? "The body is not valid JSON."
                    : $"The body's value at '{json.Path}' cannot be read."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(
                StatusCodes.Status413PayloadTooLarge,
                "body_too_large"
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "The body must be application/json, in a charset that is known."
            ),
            BadHttpRequestException bad when UnreadableParameter().Match(bad.Message) is { Success: true } match =>
                new HttpValidationProblemDetails(
                    new Dictionary<string, string[]>
                    {
                        [match.Groups["name"].Value] = [$"The value '{match.Groups["value"].Value}' cannot be read."],
                    }
                )
                {
                    Status = StatusCodes.Status400BadRequest,
                },
            BadHttpRequestException bad => Problem(bad.StatusCode, "malformed_request", "The request cannot be read."),
            // The server's way of saying that a chunk's size is beyond counting.
            IOException { InnerException: OverflowException } => Problem(
                StatusCodes.Status400BadRequest,
                "malformed_request",
                "The request cannot be read."
            ),
            // The caller can do the same about both: wait and retry. The log tells which it was. Services come first,
            // because a refused connection to one contains a socket exception, as the database's does.
            _ when exception.IsServiceFailure() => Unavailable(
                "service_unavailable",
                "A service that this needs does not answer. Try again shortly."
            ),
            _ when exception.IsDatabaseFailure() => Unavailable(
                "database_unavailable",
                "The database does not answer. Try again shortly."
            ),
            TimeoutException => Unavailable(
                "service_unavailable",
                "What this needs does not answer in time. Try again shortly."
            ),
            _ => Problem(
                StatusCodes.Status500InternalServerError,
                "internal_error",
                "Something went wrong here. The traceId finds it in the logs."
            ),
        };

    /// <summary>
    /// A route or query value of the wrong type: only the exception's message names it. Should the framework reword it, the
    /// response is still a 400, only without the field.
    /// </summary>
    [GeneratedRegex("""^Failed to bind parameter ".* (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex UnreadableParameter();

    /// <summary><c>$.items[0].name</c> → <c>items[0].name</c>.</summary>
    private static string NameOf(string? path) => path is null or "$" ? "body" : path.Replace("$.", "");

    private static ProblemDetails Unavailable(string code, string detail) =>
        Problem(StatusCodes.Status503ServiceUnavailable, code, detail);

    private static ProblemDetails Problem(int status, string code, string? detail = null) =>
        new()
        {
            Status = status,
            Detail = detail,
            Extensions = { [Problems.CodeMember] = code },
        };
}
