using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Listens on the socket to which DCP's processes write their logs, and hands the lines to a logger.</summary>
internal sealed class DcpLogSocket : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public DcpLogSocket(string path, ILoggerFactory loggers)
    {
        _loggers = loggers;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(backlog: 8);
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var readers = new List<Task>();
        try
        {
            while (true)
            {
                readers.Add(ReadAsync(await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(readers).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(Socket connection)
    {
        using var reader = new StreamReader(new NetworkStream(connection, ownsSocket: true));
        try
        {
            while (await reader.ReadLineAsync(_stopping.Token).ConfigureAwait(false) is { } line)
            {
                Write(line);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // DCP has ended, or we do.
        }
    }

    /// <summary>
    /// Passes on a line: time, level, category, message and details, with tabs between them. What is wrong with a
    /// resource, the resource's own log and state say, so to everybody but those who look into DCP this is detail.
    /// </summary>
    private void Write(string line)
    {
        var parts = line.Split('\t', 5);
        if (parts.Length < 4)
        {
            return;
        }

        var level = parts[1] switch
        {
            "error" or "warning" or "warn" or "info" => LogLevel.Debug,
            _ => LogLevel.Trace,
        };
        var logger = _loggers.CreateLogger($"Aspire.Hosting.Dcp.{parts[2]}");
        if (logger.IsEnabled(level))
        {
            logger.Log(level, "{Message} {Details}", parts[3], parts.Length > 4 ? parts[4] : "");
        }
    }
}
