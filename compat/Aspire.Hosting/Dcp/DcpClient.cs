using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aspire.Hosting.Dcp;

/// <summary>Where a line of a log comes from.</summary>
internal enum DcpLogSource
{
    StdOut,
    StdErr,

    /// <summary>What the container runtime said while the container came up.</summary>
    StartupStdOut,
    StartupStdErr,

    /// <summary>What DCP itself has to say about the object.</summary>
    System,
}

/// <summary>A call that DCP answered with an error.</summary>
internal sealed class DcpException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>Speaks DCP's API: Kubernetes' conventions over HTTPS on the loopback address.</summary>
internal sealed class DcpClient : IDisposable
{
    public const string GroupVersion = "usvc-dev.developer.microsoft.com/v1";

    // Both content types must go out bare: with a charset, DCP answers 415 to a merge patch.
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeHeaderValue s_jsonPatch = new("application/json-patch+json");
    private static readonly MediaTypeHeaderValue s_mergePatch = new("application/merge-patch+json");

    private readonly HttpClient _http;

    /// <param name="server">DCP's address.</param>
    /// <param name="token">What the kubeconfig says to prove who we are.</param>
    /// <param name="certificate">The only certificate to accept: the one DCP was given.</param>
    public DcpClient(Uri server, string token, X509Certificate2 certificate)
    {
        var pinned = certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented
                        ?.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256)
                        .AsSpan()
                        .SequenceEqual(pinned) == true,
            },
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = server,
            // Watches and logs stay open; each ordinary call has its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync($"/apis/{GroupVersion}", cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var response = await SendAsync(
                HttpMethod.Post,
                PathOf<T>(),
                new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, Info<T>()))
                {
                    Headers = { ContentType = s_json },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The object, or null when there is none of that name.</summary>
    public async Task<T?> FindAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Get, PathOf<T>(name), null, cancellationToken)
                .ConfigureAwait(false);
            return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
        }
        catch (DcpException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Sets one field, given as a JSON pointer, to true: all that DCP lets one change in a running object.</summary>
    public async Task<T> SetAsync<T>(string name, string pointer, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        using var response = await SendAsync(
                HttpMethod.Patch,
                PathOf<T>(name),
                Text($$"""[{"op":"replace","path":"{{pointer}}","value":true}]""", s_jsonPatch),
                cancellationToken
            )
            .ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the object to go; it is gone when <see cref="FindAsync"/> finds it no more.</summary>
    public async Task DeleteAsync<T>(string name, CancellationToken cancellationToken)
        where T : class, IDcpObject<T>
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Delete, PathOf<T>(name), null, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DcpException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            // Somebody was faster.
        }
    }

    /// <summary>
    /// Every object of the kind as it is now and then every change, until DCP ends. A connection that breaks before
    /// that is made anew, so an object may be reported twice.
    /// </summary>
    public async IAsyncEnumerable<DcpWatchEvent<T>> WatchAsync<T>(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : class, IDcpObject<T>
    {
        var info = (JsonTypeInfo<DcpWatchEvent<T>>)DcpJson.Default.GetTypeInfo(typeof(DcpWatchEvent<T>))!;
        while (!cancellationToken.IsCancellationRequested)
        {
            await foreach (
                var line in ReadLinesAsync($"{PathOf<T>()}?watch=true", cancellationToken).ConfigureAwait(false)
            )
            {
                yield return JsonSerializer.Deserialize(line, info)!;
            }

            if (!await IsReadyAsync(cancellationToken).ConfigureAwait(false))
            {
                yield break;
            }
        }
    }

    /// <summary>The object's log, each line with its time before it, until the object is gone.</summary>
    public IAsyncEnumerable<string> ReadLogAsync<T>(
        string name,
        DcpLogSource source,
        bool follow,
        CancellationToken cancellationToken
    )
        where T : class, IDcpObject<T> =>
        ReadLinesAsync(
            $"{PathOf<T>(name)}/log?follow={(follow ? "true" : "false")}&timestamps=true&line_numbers=false&source={NameOf(source)}",
            cancellationToken
        );

    /// <summary>Tells DCP to stop everything it runs, clean up and end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(
            new DcpExecution { Status = "Stopping", ShutdownResourceCleanup = "Full" },
            DcpJson.Default.DcpExecution
        );
        using var response = await SendAsync(
                HttpMethod.Patch,
                "/admin/execution",
                Text(body, s_mergePatch),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();

    private static string PathOf<T>(string? name = null)
        where T : IDcpObject<T> =>
        name is null
            ? $"/apis/{GroupVersion}/{T.Plural}"
            : $"/apis/{GroupVersion}/{T.Plural}/{Uri.EscapeDataString(name)}";

    private static string NameOf(DcpLogSource source) =>
        source switch
        {
            DcpLogSource.StdOut => "stdout",
            DcpLogSource.StdErr => "stderr",
            DcpLogSource.StartupStdOut => "startup_stdout",
            DcpLogSource.StartupStdErr => "startup_stderr",
            _ => "system",
        };

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)DcpJson.Default.GetTypeInfo(typeof(T))!;

    private static ByteArrayContent Text(string text, MediaTypeHeaderValue type) =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = type } };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return (await JsonSerializer.DeserializeAsync(stream, Info<T>(), cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var request = Request(method, path, content);
        var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
        await ThrowIfFailedAsync(response, limit.Token).ConfigureAwait(false);
        return response;
    }

    private async IAsyncEnumerable<string> ReadLinesAsync(
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var request = Request(HttpMethod.Get, path, null);
        using var response = await _http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        await ThrowIfFailedAsync(response, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        while (await ReadLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A connection that breaks in the middle of a stream ends the stream.</summary>
    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

    private static async Task ThrowIfFailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var status = response.StatusCode;
        response.Dispose();
        throw new DcpException(status, $"DCP answered {(int)status}: {MessageOf(text)}");
    }

    private static string MessageOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, DcpJson.Default.DcpProblem)?.Message ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
