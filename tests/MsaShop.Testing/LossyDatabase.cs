using System.Net;
using System.Net.Sockets;
using System.Text;
using MySqlConnector;

namespace MsaShop.Testing;

/// <summary>The way to a database server, on which the answer to a commit can be lost, and the connection with it.</summary>
public sealed class LossyDatabase : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly MySqlConnectionStringBuilder _server;
    private int _commitsToLose;
    private int _lost;

    private LossyDatabase(string connectionString) => _server = new MySqlConnectionStringBuilder(connectionString);

    /// <summary>How many answers have been lost.</summary>
    public int Lost => _lost;

    /// <summary>A connection string that leads here.</summary>
    public string ConnectionString =>
        new MySqlConnectionStringBuilder(_server.ConnectionString)
        {
            Port = (uint)((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = MySqlSslMode.None,
        }.ConnectionString;

    /// <summary>Opens a way to the server of this connection string.</summary>
    public static LossyDatabase InFrontOf(string connectionString)
    {
        var way = new LossyDatabase(connectionString);
        way._listener.Start();
        _ = way.AcceptAsync();
        return way;
    }

    /// <summary>Loses the answers to the next commits.</summary>
    public void LoseCommits(int count) => _commitsToLose = count;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_server.Server, (int)_server.Port, _end.Token);
            var (up, down) = (client.GetStream(), server.GetStream());
            var losing = false;
            var upward = CopyAsync(
                up,
                down,
                bytes =>
                {
                    losing = IsCommit(bytes) && Interlocked.Decrement(ref _commitsToLose) >= 0;
                    return true;
                }
            );
            var downward = CopyAsync(down, up, _ => !losing);
            await Task.WhenAny(upward, downward);
            if (losing)
            {
                Interlocked.Increment(ref _lost);
            }
        }
    }

    // A packet: three bytes length, one number, one command (3: query), the text. A commit may go along with what it commits.
    private static bool IsCommit(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < 11 || packet[4] != 3)
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(packet[5..]);
        return text.StartsWith("commit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("; commit", StringComparison.OrdinalIgnoreCase);
    }

    private delegate bool Inspect(ReadOnlySpan<byte> bytes);

    /// <summary>Copies until the end, or until something must not pass.</summary>
    private async Task CopyAsync(NetworkStream from, NetworkStream to, Inspect mayPass)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count && mayPass(buffer.AsSpan(0, count)))
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
