using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MySqlConnector;

namespace MsaShop.Testing;

/// <summary>
/// The way to a database server, on which the answer to a commit can be lost, and the connection with it; or a commit comes late,
/// when its connection has long been lost.
/// </summary>
public sealed class LossyDatabase : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly MySqlConnectionStringBuilder _server;
    private readonly ConcurrentQueue<TaskCompletionSource> _late = new();
    private int _commitsToLose;
    private int _commitsToDelay;
    private int _lost;
    private int _delayed;

    private LossyDatabase(string connectionString) => _server = new MySqlConnectionStringBuilder(connectionString);

    /// <summary>How many answers have been lost.</summary>
    public int Lost => _lost;

    /// <summary>How many commits have come late, and been carried out.</summary>
    public int Delayed => _delayed;

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

    /// <summary>
    /// Keeps the next commits in doubt: their connections are lost at once, and they are carried out all the same, but only when
    /// the next transaction has begun.
    /// </summary>
    public void DelayCommits(int count) => _commitsToDelay = count;

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
            byte[]? late = null;
            var upward = CopyAsync(
                up,
                down,
                bytes =>
                {
                    losing = IsCommit(bytes) && Interlocked.Decrement(ref _commitsToLose) >= 0;
                    if (!losing && IsCommit(bytes) && Interlocked.Decrement(ref _commitsToDelay) >= 0)
                    {
                        late = bytes.ToArray();
                    }

                    return late is null;
                },
                BringLateCommits
            );
            var downward = CopyAsync(down, up, _ => !losing && late is null);
            await Task.WhenAny(upward, downward);
            if (losing)
            {
                Interlocked.Increment(ref _lost);
            }
            else if (late is not null)
            {
                var isTime = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _late.Enqueue(isTime);
                client.Dispose();
                await isTime.Task.WaitAsync(_end.Token);
                await down.WriteAsync(late, _end.Token);
                // Ends with the server's answer.
                await downward;
                Interlocked.Increment(ref _delayed);
            }
        }
    }

    private void BringLateCommits(ReadOnlySpan<byte> packet)
    {
        if (IsQuery(packet, "start transaction"))
        {
            while (_late.TryDequeue(out var commit))
            {
                commit.SetResult();
            }
        }
    }

    // A commit may go along with what it commits.
    private static bool IsCommit(ReadOnlySpan<byte> packet) =>
        IsQuery(packet, "commit", atBeginning: true) || IsQuery(packet, "; commit");

    // A packet: three bytes length, one number, one command (3: query), the text.
    private static bool IsQuery(ReadOnlySpan<byte> packet, string part, bool atBeginning = false)
    {
        if (packet.Length < 5 + part.Length || packet[4] != 3)
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(packet[5..]);
        return atBeginning
            ? text.StartsWith(part, StringComparison.OrdinalIgnoreCase)
            : text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private delegate bool Inspect(ReadOnlySpan<byte> bytes);

    private delegate void Follow(ReadOnlySpan<byte> bytes);

    /// <summary>Copies until the end, or until something must not pass.</summary>
    private async Task CopyAsync(NetworkStream from, NetworkStream to, Inspect mayPass, Follow? passed = null)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count && mayPass(buffer.AsSpan(0, count)))
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            passed?.Invoke(buffer.AsSpan(0, count));
        }
    }
}
