using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace MsaShop.ServiceDefaults.Tests.Outbox;

/// <summary>A way to the database that the test can cut: connections are then ended, and new ones get nowhere.</summary>
internal sealed class DatabaseLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _port;
    private volatile bool _isUp;
    private int _refused;

    public DatabaseLink(string connectionString)
    {
        var database = new MySqlConnectionStringBuilder(connectionString);
        _port = (int)database.Port;
        _listener.Start();
        database.Port = (uint)((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = database.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>How many connections got nowhere.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public bool IsUp
    {
        get => _isUp;
        set
        {
            _isUp = value;
            while (!value && _clients.TryTake(out var client))
            {
                client.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        IsUp = false;
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (!_isUp)
                {
                    Interlocked.Increment(ref _refused);
                    client.Dispose();
                    continue;
                }

                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _port);
                _clients.Add(client);
                _clients.Add(server);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception exception)
            when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        to.Dispose();
    }
}
