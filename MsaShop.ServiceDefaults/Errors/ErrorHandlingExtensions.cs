using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Gives every error response the same shape.</summary>
public static class ErrorHandlingExtensions
{
    /// <summary>The longest <c>Retry-After</c> of a temporary failure, in seconds.</summary>
    private const int MaxRetryAfter = 3;

    /// <summary>Adds problem details with a <c>code</c> and a <c>traceId</c> for every failure.</summary>
    public static IServiceCollection AddErrorHandling(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<ShopExceptionHandler>();
        // Throws for unreadable bodies in every environment, so that one place words the response.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>Handles exceptions, and gives bare status codes a body.</summary>
    public static IApplicationBuilder UseErrorHandling(this IApplicationBuilder app) =>
        app.UseExceptionHandler().UseStatusCodePages();

    /// <summary>
    /// Refuses unknown addresses, methods and content types before authentication. Otherwise a stranger would be asked to
    /// sign in for them.
    /// </summary>
    internal static IApplicationBuilder UseRoutingRefusals(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case null:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    // The framework's own endpoints for 405 and 415: the only ones without a route.
                    case { RequestDelegate: { } refuse } and not RouteEndpoint:
                        return refuse(context);
                    default:
                        return next(context);
                }
            }
        );

    /// <summary>Finds the request in the logs: the trace's id, or the server's own without a trace.</summary>
    internal static string TraceIdOf(this HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = context.HttpContext.TraceIdOf();

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            // Varied, so that clients stopped by one outage do not all return at once.
            var random = context.HttpContext.RequestServices.GetService<Random>() ?? Random.Shared;
            problem.Extensions[Problems.RetryAfterMember] = random.Next(1, MaxRetryAfter + 1);
        }

        if (problem.Extensions.TryGetValue(Problems.RetryAfterMember, out var seconds))
        {
            context.HttpContext.Response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status413PayloadTooLarge)
        {
            problem.Detail ??= $"The body is larger than {MaxBodySize(context.HttpContext)} bytes.";
            CloseGently(context.HttpContext);
        }

        if (problem is HttpValidationProblemDetails validation)
        {
            problem.Title = "The request is not valid.";
            problem.Extensions[Problems.CodeMember] = "validation_failed";
            var errors = validation
                .Errors.GroupBy(error => ToCamelCase(error.Key))
                .ToDictionary(field => field.Key, field => field.SelectMany(error => error.Value).ToArray());
            validation.Errors.Clear();
            foreach (var (field, messages) in errors)
            {
                validation.Errors[field] = messages;
            }
        }
        else
        {
            problem.Extensions.TryAdd(Problems.CodeMember, DefaultCode(problem.Status));
        }
    }

    /// <summary>The endpoint's own size limit, or the general one.</summary>
    private static long MaxBodySize(HttpContext context)
    {
        // While an exception is handled, the request itself has no endpoint.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
            ?? ServiceDefaultsExtensions.MaxRequestBodySize;
    }

    /// <summary>
    /// Ends the connection of a client that may still be sending a body too large, in a way that lets it read the response:
    /// closing with unread bytes resets the connection and loses the response. Without the limit, the server discards what
    /// comes for a few seconds before it closes.
    /// </summary>
    private static void CloseGently(HttpContext context)
    {
        context.LiftBodySizeLimit();

        // Announced in the response: otherwise the client sends its next request there, and gets no answer.
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>The code of an error without one.</summary>
    private static string DefaultCode(int? status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "malformed_request",
            StatusCodes.Status401Unauthorized => "unauthenticated",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            StatusCodes.Status413PayloadTooLarge => "body_too_large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            StatusCodes.Status429TooManyRequests => "too_many_requests",
            StatusCodes.Status502BadGateway
            or StatusCodes.Status503ServiceUnavailable
            or StatusCodes.Status504GatewayTimeout => "service_unavailable",
            _ => "internal_error",
        };

    /// <summary><c>Items[0].ProductId</c></summary>
    /// <returns><c>items[0].productId</c>, as the client wrote it; headers keep their spelling.</returns>
    private static string ToCamelCase(string path) =>
        path.Contains('-') ? path : string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
