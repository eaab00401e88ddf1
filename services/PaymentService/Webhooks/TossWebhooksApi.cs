using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MsaShop.PaymentService.Webhooks;

internal static class TossWebhooksApi
{
    /// <summary>The header with the id that a webhook's repeats share.</summary>
    public const string TransmissionIdHeader = "tosspayments-webhook-transmission-id";

    private const int MaxTransmissionIdLength = 100;

    private const long MaxBodySize = 64 * 1024;

    public static void AddTossWebhooks(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<WebhookOptions>("Webhooks")
            .AddScoped<TossWebhookStore>()
            .AddScoped<TossWebhookReceiver>()
            .AddPeriodicWork<TossWebhookCleaner>();

    public static RouteHandlerBuilder MapTossWebhooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/payments/webhooks/toss", ReceiveAsync)
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodySize))
            .WithTags("Webhooks")
            .WithName("ReceiveTossWebhook")
            .WithSummary("Takes a message of Toss's as a hint to ask Toss.");

    private static async Task<Results<Ok, ValidationProblem>> ReceiveAsync(
        TossWebhook webhook,
        [FromHeader(Name = TransmissionIdHeader)] string? transmissionId,
        TossWebhookReceiver receiver,
        CancellationToken cancellationToken
    )
    {
        if (transmissionId is not null && !IsTransmissionId(transmissionId))
        {
            return Problems.Invalid(
                TransmissionIdHeader,
                $"The header must be 1 to {MaxTransmissionIdLength} printable ASCII characters."
            );
        }

        if (webhook.Validate() is { Count: > 0 } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        await receiver.ReceiveAsync(webhook, transmissionId, cancellationToken);
        return TypedResults.Ok();
    }

    private static bool IsTransmissionId(string text) =>
        text.Length is > 0 and <= MaxTransmissionIdLength && text.All(c => c is >= ' ' and <= '~');
}
