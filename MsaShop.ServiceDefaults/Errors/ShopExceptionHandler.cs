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
            BadHttpRequestException { InnerException: UnfitTextException unfit } => Invalid(
                NameOf(unfit.Path),
                UnfitTextException.Requirement
            ),
            BadHttpRequestException { InnerException: JsonException json } => Problem(
                StatusCodes.Status400BadRequest,
                string.IsNullOrEmpty(json.Path)
                    ? "The body is not valid JSON."
                    : $"The body's value at '{json.Path}' cannot be read."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(
                StatusCodes.Status413PayloadTooLarge
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be application/json, in a charset that is known."
            ),
            BadHttpRequestException bad when UnreadableParameter().Match(bad.Message) is { Success: true } match =>
                Invalid(match.Groups["name"].Value, $"The value '{match.Groups["value"].Value}' cannot be read."),
            BadHttpRequestException bad => Problem(bad.StatusCode, "The request cannot be read.", "malformed_request"),
            // Kestrel throws this for a chunk size that overflows.
            IOException { InnerException: OverflowException } => Problem(
                StatusCodes.Status400BadRequest,
                "The request cannot be read."
            ),
            // To the caller both mean the same, wait and retry; the log tells them apart. Services come first, because
            // an HTTP client's refused connection also has a SocketException inside.
            _ when exception.IsServiceFailure() => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "A service that this needs does not answer. Try again shortly."
            ),
            _ when exception.IsDatabaseFailure() => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "The database does not answer. Try again shortly.",
                "database_unavailable"
            ),
            TimeoutException => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "What this needs does not answer in time. Try again shortly."
            ),
            _ => Problem(
                StatusCodes.Status500InternalServerError,
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

    private static HttpValidationProblemDetails Invalid(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] }) { Status = StatusCodes.Status400BadRequest };

    /// <param name="code">Null for the status's default code.</param>
    private static ProblemDetails Problem(int status, string? detail = null, string? code = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (code is not null)
        {
            problem.Extensions[Problems.CodeMember] = code;
        }

        return problem;
    }
}
