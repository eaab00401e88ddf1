using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Creates RFC 9457 problem details, each with a stable <c>code</c> for clients to rely on.</summary>
public static class Problems
{
    /// <summary>The member with the code.</summary>
    public const string CodeMember = "code";

    /// <summary>The member with the seconds to wait before a retry; also sent as <c>Retry-After</c>.</summary>
    public const string RetryAfterMember = "retryAfter";

    /// <summary>400: a field is invalid in a way that only the service can detect.</summary>
    public static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>401: the caller has not proved who they are.</summary>
    public static ProblemHttpResult Unauthorized(string code, string detail) =>
        Create(StatusCodes.Status401Unauthorized, code, detail);

    /// <summary>403: the caller may not do this.</summary>
    public static ProblemHttpResult Forbidden(string code, string detail) =>
        Create(StatusCodes.Status403Forbidden, code, detail);

    /// <summary>404: it does not exist, or belongs to someone else.</summary>
    public static ProblemHttpResult NotFound(string what, string code = "not_found") =>
        Create(StatusCodes.Status404NotFound, code, $"There is no such {what}.");

    /// <summary>409: the current state does not allow it.</summary>
    public static ProblemHttpResult Conflict(
        string code,
        string detail,
        IDictionary<string, object?>? extensions = null
    ) => Create(StatusCodes.Status409Conflict, code, detail, extensions);

    /// <summary>412: it has changed since the client read it; the answer has its current state.</summary>
    public static ProblemHttpResult ChangedMeanwhile(string what, object current) =>
        Create(
            StatusCodes.Status412PreconditionFailed,
            "changed_meanwhile",
            $"The {what} has been changed meanwhile.",
            new Dictionary<string, object?> { ["current"] = current }
        );

    /// <summary>415: the endpoint does not accept this kind of body.</summary>
    public static ProblemHttpResult UnsupportedMediaType(string code, string detail) =>
        Create(StatusCodes.Status415UnsupportedMediaType, code, detail);

    /// <summary>422: the request is valid but cannot be carried out.</summary>
    public static ProblemHttpResult Unprocessable(
        string code,
        string detail,
        IDictionary<string, object?>? extensions = null
    ) => Create(StatusCodes.Status422UnprocessableEntity, code, detail, extensions);

    /// <summary>422: the <c>Idempotency-Key</c> was used before, with a different request.</summary>
    public static ProblemHttpResult IdempotencyKeyReused() =>
        Unprocessable("idempotency_key_reused", "The Idempotency-Key belongs to another request.");

    /// <summary>429: too many requests; the answer says when to retry.</summary>
    public static ProblemHttpResult TooManyRequests(string code, string detail, TimeSpan retryAfter) =>
        Create(
            StatusCodes.Status429TooManyRequests,
            code,
            detail,
            new Dictionary<string, object?> { [RetryAfterMember] = (long)Math.Ceiling(retryAfter.TotalSeconds) }
        );

    /// <summary>503: a dependency does not answer; a retry may help.</summary>
    public static ProblemHttpResult Unavailable(string code, string detail) =>
        Create(StatusCodes.Status503ServiceUnavailable, code, detail);

    private static ProblemHttpResult Create(
        int status,
        string code,
        string detail,
        IDictionary<string, object?>? extensions = null
    ) =>
        TypedResults.Problem(
            statusCode: status,
            detail: detail,
            extensions: new Dictionary<string, object?>(extensions ?? new Dictionary<string, object?>())
            {
                [CodeMember] = code,
            }
        );
}
