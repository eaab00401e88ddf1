using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Google.Protobuf;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Telemetry;

/// <summary>A span of a trace.</summary>
/// <param name="TraceId">The trace, in hexadecimal.</param>
/// <param name="SpanId">The span.</param>
/// <param name="ParentId">The span that caused it; empty for the first.</param>
/// <param name="Service">Who made it.</param>
/// <param name="Source">Which part of it.</param>
/// <param name="Name">What was done.</param>
/// <param name="Kind">On which side of a call.</param>
/// <param name="Port">The port that was called, by a client; 0 where the span does not say.</param>
public sealed record Span(
    string TraceId,
    string SpanId,
    string ParentId,
    string Service,
    string Source,
    string Name,
    SpanKind Kind,
    int Port
);

/// <summary>The side of a call that a span is of, by OTLP's numbers.</summary>
public enum SpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

/// <summary>Takes the traces of the shop, as the dashboard would: OTLP over HTTP.</summary>
public sealed class OtlpReceiver : IDisposable
{
    /// <summary>What a called port is called: today, and by the conventions before, which MySqlConnector starts from.</summary>
    private static readonly string[] s_portNames = ["server.port", "net.peer.port"];

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Span> _spans = new();

    public OtlpReceiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ReceiveAsync();
    }

    /// <summary>Where to send them.</summary>
    public string Address { get; }

    /// <summary>Everything received.</summary>
    public IReadOnlyList<Span> Spans => [.. _spans];

    /// <summary>What was received of a trace.</summary>
    public IReadOnlyList<Span> SpansOf(string traceId) => [.. _spans.Where(span => span.TraceId == traceId)];

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var isJson =
                    context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;
                if (context.Request.Url?.AbsolutePath == "/v1/traces")
                {
                    if (isJson)
                    {
                        ReadJson(body.ToArray());
                    }
                    else
                    {
                        Read(body.ToArray());
                    }
                }

                context.Response.ContentType = isJson ? "application/json" : "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception exception)
                when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // A sender was killed halfway, or the tests are over.
            }
        }
    }

    /// <summary>Reads what browsers send: the same in JSON.</summary>
    private void ReadJson(byte[] request)
    {
        using var document = JsonDocument.Parse(request);
        foreach (var resourceSpans in document.RootElement.GetProperty("resourceSpans").EnumerateArray())
        {
            var service = resourceSpans
                .GetProperty("resource")
                .GetProperty("attributes")
                .EnumerateArray()
                .Where(attribute => attribute.GetProperty("key").GetString() == "service.name")
                .Select(attribute => attribute.GetProperty("value").GetProperty("stringValue").GetString())
                .FirstOrDefault();
            foreach (var scopeSpans in resourceSpans.GetProperty("scopeSpans").EnumerateArray())
            {
                var source = scopeSpans.GetProperty("scope").GetProperty("name").GetString();
                foreach (var span in scopeSpans.GetProperty("spans").EnumerateArray())
                {
                    _spans.Enqueue(
                        new Span(
                            Word(span, "traceId"),
                            Word(span, "spanId"),
                            Word(span, "parentSpanId"),
                            service ?? "",
                            source ?? "",
                            Word(span, "name"),
                            span.TryGetProperty("kind", out var kind) ? (SpanKind)kind.GetInt32() : default,
                            Port: 0
                        )
                    );
                }
            }
        }

        static string Word(JsonElement span, string name) =>
            span.TryGetProperty(name, out var word) ? word.GetString() ?? "" : "";
    }

    /// <summary>Reads an ExportTraceServiceRequest: the few fields that matter here, by their numbers.</summary>
    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Messages(request, 1))
        {
            var service = Messages(resourceSpans, 1)
                .SelectMany(resource => Messages(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .SelectMany(attribute => Messages(attribute, 2))
                .Select(value => Text(value, 1))
                .FirstOrDefault("");
            foreach (var scopeSpans in Messages(resourceSpans, 2))
            {
                var source = Messages(scopeSpans, 1).Select(scope => Text(scope, 1)).FirstOrDefault("");
                foreach (var span in Messages(scopeSpans, 2))
                {
                    _spans.Enqueue(
                        new Span(
                            Hex(span, 1),
                            Hex(span, 2),
                            Hex(span, 4),
                            service,
                            source,
                            Text(span, 5),
                            (SpanKind)Number(span, 6),
                            PortOf(span)
                        )
                    );
                }
            }
        }
    }

    /// <summary>
    /// The port among a span's attributes, which some write as a number and some as a text. MySqlConnector, where no server
    /// has answered it, says what it was told to open instead.
    /// </summary>
    private static int PortOf(byte[] span)
    {
        var attributes = Messages(span, 9).ToLookup(attribute => Text(attribute, 1));
        return s_portNames
            .SelectMany(Values)
            .Select(value =>
                Text(value, 1) is { Length: > 0 } text
                    ? int.Parse(text, CultureInfo.InvariantCulture)
                    : (int)Number(value, 3)
            )
            .Concat(
                Values("db.connection_string")
                    .Select(value => (int)new MySqlConnectionStringBuilder(Text(value, 1)).Port)
            )
            .FirstOrDefault();

        IEnumerable<byte[]> Values(string name) => attributes[name].SelectMany(attribute => Messages(attribute, 2));
    }

    private static string Hex(byte[] message, int field) =>
        Messages(message, field).Select(Convert.ToHexStringLower).FirstOrDefault("");

    private static string Text(byte[] message, int field) =>
        Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault("");

    /// <summary>All values of a field whose values have a length: messages, texts and bytes.</summary>
    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (
                WireFormat.GetTagFieldNumber(tag) == field
                && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited
            )
            {
                yield return input.ReadBytes().ToByteArray();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    /// <summary>The value of a field that is a number; 0 where it is not there.</summary>
    private static long Number(byte[] message, int field)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (
                WireFormat.GetTagFieldNumber(tag) == field
                && WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint
            )
            {
                return input.ReadInt64();
            }

            input.SkipLastField();
        }

        return 0;
    }
}
