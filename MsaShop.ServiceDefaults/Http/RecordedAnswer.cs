using System.Text;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>A response as sent, for storing and replaying byte for byte.</summary>
/// <param name="Location">The <c>Location</c> header, if something was created.</param>
public sealed record RecordedAnswer(int Status, string? Location, string Body) : IResult
{
    /// <summary>Whether this is the replayed answer to an earlier request.</summary>
    public bool Replayed { get; init; }

    private string ContentType =>
        Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : "application/problem+json";

    /// <summary>Records a result instead of sending it.</summary>
    /// <param name="result">A result with a JSON body or problem details.</param>
    public static async Task<RecordedAnswer> RecordAsync(IResult result, IServiceProvider services)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await result.ExecuteAsync(context);
        await context.Response.CompleteAsync();
        return new RecordedAnswer(
            context.Response.StatusCode,
            context.Response.Headers.Location,
            Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length))
        );
    }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Replayed)
        {
            response.Headers[IdempotencyKey.ReplayedHeaderName] = "true";
        }

        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
