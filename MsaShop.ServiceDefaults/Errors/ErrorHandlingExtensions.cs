using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>Gives every error response the same shape.</summary>
public static class ErrorHandlingExtensions
{
    /// <summary>In seconds.</summary>
    private const int MaxRetryAfter = 3;

    /// <summary>Makes every failure a problem with a <c>code</c> and a <c>traceId</c>.</summary>
    public static TBuilder AddErrorHandling<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        builder.Services.AddExceptionHandler<ShopExceptionHandler>();
        // Makes an unreadable body an exception in every environment, so that ShopExceptionHandler words the answer.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Handles exceptions, and gives bare status codes a body.</summary>
    public static IApplicationBuilder UseErrorHandling(this IApplicationBuilder app) =>
        app.UseExceptionHandler().UseStatusCodePages();

    /// <summary>Answers 404, 405 and 415 before authorization, which would answer 401 to anonymous callers.</summary>
    internal static IApplicationBuilder UseRoutingRefusals(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case null:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    // The framework's endpoints for 405 and 415: the only ones without a route.
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
            // Random, so that clients stopped by one outage do not return at the same moment.
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

    /// <summary>The endpoint's own limit if it has one, otherwise the default.</summary>
    private static long MaxBodySize(HttpContext context)
    {
        // The exception handler clears the request's endpoint.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
            ?? ServiceDefaultsExtensions.MaxRequestBodySize;
    }

    /// <summary>
    /// Closes the connection of a client that may still be sending a too large body, so that it can read the answer:
    /// closing over unread bytes resets the connection, and the answer is lost. Without the limit, the server discards
    /// what still arrives for a few seconds and only then closes.
    /// </summary>
    private static void CloseGently(HttpContext context)
    {
        context.LiftBodySizeLimit();

        // Announced, or the client would send its next request on this connection and never get an answer.
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
    }

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

    /// <summary><c>Items[0].ProductId</c> → <c>items[0].productId</c>; header names keep their spelling.</summary>
    private static string ToCamelCase(string path) =>
        path.Contains('-') ? path : string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
