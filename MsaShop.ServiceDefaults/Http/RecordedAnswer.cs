using System.Text;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>An answer as it goes over the wire, so that it can be stored and given again byte for byte.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Location">Where what was made is found, if anything was.</param>
/// <param name="Body">The JSON body.</param>
public sealed record RecordedAnswer(int Status, string? Location, string Body) : IResult
{
    /// <summary>Whether an earlier request has had this answer already.</summary>
    public bool Replayed { get; init; }

    private string ContentType =>
        Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : "application/problem+json";

    /// <summary>Writes the answer down instead of sending it.</summary>
    /// <param name="result">An answer with a JSON body, or with problem details.</param>
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
