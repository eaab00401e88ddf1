using System.Text;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>A response that can be stored and sent again byte for byte.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Location">The <c>Location</c> header, if any.</param>
/// <param name="Body">The JSON body.</param>
public sealed record RecordedAnswer(int Status, string? Location, string Body) : IResult
{
    /// <summary>Whether it repeats an earlier response.</summary>
    public bool Replayed { get; init; }

    private string ContentType =>
        Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : "application/problem+json";

    /// <summary>Records a result instead of sending it.</summary>
    /// <param name="result">With a JSON body, or problem details.</param>
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
