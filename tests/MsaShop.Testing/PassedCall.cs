using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MsaShop.Testing;

/// <summary>A call that a proxy of the tests passes on: as often as it likes, and whether its caller still waits or not.</summary>
public sealed class PassedCall
{
    private readonly List<KeyValuePair<string, string?[]>> _headers;
    private readonly string? _contentType;
    private readonly byte[] _body;

    private PassedCall(HttpRequest request, byte[] body)
    {
        _body = body;
        _contentType = request.ContentType;
        _headers =
        [
            .. request
                .Headers.Where(header => IsPassedOn(header.Key))
                .Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray())),
        ];
        Method = request.Method;
        Path = request.Path.Value!;
        Query = request.QueryString.Value!;
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The query, with its question mark; empty if there is none.</summary>
    public string Query { get; }

    /// <summary>The body, as text.</summary>
    public string Body => Encoding.UTF8.GetString(_body);

    /// <summary>Takes a call in, the body too.</summary>
    public static async Task<PassedCall> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new PassedCall(request, body.ToArray());
    }

    /// <summary>A client that passes on what it is given, and nothing of its own.</summary>
    public static HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            }
        );

    /// <summary>Sends it, once more if need be.</summary>
    /// <param name="http">The client.</param>
    /// <param name="service">Where to.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, Uri service)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(service, Path + Query));
        if (_body.Length > 0 || _contentType is not null)
        {
            request.Content = new ByteArrayContent(_body);
            if (_contentType is not null)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_contentType);
            }
        }

        foreach (var (name, values) in _headers)
        {
            // The content's type is not taken here; it has it already.
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return await http.SendAsync(request, CancellationToken.None);
    }

    /// <summary>Hands the service's answer to the caller.</summary>
    public static async Task AnswerAsync(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => IsPassedOn(header.Key)))
        {
            response.Headers[header.Key] = header.Value.ToArray();
        }

        await answer.Content.CopyToAsync(response.Body);
    }

    /// <summary>Each connection has these for itself.</summary>
    private static bool IsPassedOn(string header) =>
        header.ToUpperInvariant() is not ("HOST" or "CONNECTION" or "TRANSFER-ENCODING" or "CONTENT-LENGTH");
}
