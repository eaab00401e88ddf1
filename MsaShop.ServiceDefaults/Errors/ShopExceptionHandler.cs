using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Text;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Words the answer to an exception: the caller's mistake, a dependency that is down, or a defect.</summary>
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
            // The client is gone.
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
            // Kestrel throws this for a chunk size that overflows.
            IOException { InnerException: OverflowException } => Problem(
                StatusCodes.Status400BadRequest,
                "malformed_request",
                "The request cannot be read."
            ),
            // To the caller both mean the same, wait and retry; the log tells them apart. Services come first, because
            // an HTTP client's refused connection also has a SocketException inside.
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
    /// A route or query value of the wrong type: only the exception's message names it. Should the framework reword the
    /// message, the answer stays a 400, without the field.
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
