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
    private const string TransactionStart = "start transaction";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly MySqlConnectionStringBuilder _server;
    private readonly ConcurrentDictionary<LateStatement, bool> _late = new();
    private int _commitsToLose;
    private int _commitsToDelay;
    private string? _statementToLose;
    private string? _delayUntil;
    private int _beginningsToLose;
    private int _lost;
    private int _delayed;

    private LossyDatabase(string connectionString) => _server = new MySqlConnectionStringBuilder(connectionString);

    /// <summary>How many answers have been lost, those to what came late included.</summary>
    public int Lost => _lost;

    /// <summary>How many statements have come late, and been carried out.</summary>
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

    /// <summary>Loses the connections of the next transactions as they begin.</summary>
    public void LoseBeginnings(int count) => _beginningsToLose = count;

    /// <summary>
    /// Keeps the next commits in doubt: their connections are lost at once, and they are carried out all the same, but only when
    /// the next transaction has begun.
    /// </summary>
    public void DelayCommits(int count) => _commitsToDelay = count;

    /// <summary>
    /// Loses the answer to what makes the next statement with this text count: the commit of its transaction, or, where it is
    /// in none, the statement itself.
    /// </summary>
    /// <param name="text">A part of the statement.</param>
    public void LoseAnswerTo(string text) => _statementToLose = text;

    /// <summary>
    /// Loses the connection before the next statement with this text counts; it counts when somebody else has sent another:
    /// meanwhile its outcome is in doubt.
    /// </summary>
    /// <param name="text">A part of the statement.</param>
    /// <param name="until">A part of the one that has to come first.</param>
    public void DelayPast(string text, string until) => (_delayUntil, _statementToLose) = (until, text);

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
            var (losing, isInTransaction, isMarked) = (false, false, false);
            LateStatement? late = null;
            var upward = CopyAsync(
                up,
                down,
                bytes =>
                {
                    var isCommit = IsCommit(bytes);
                    isInTransaction = !isCommit && (isInTransaction || Has(bytes, TransactionStart));
                    isMarked = isMarked || (Has(bytes, _statementToLose) && TakeStatement());
                    losing =
                        (isMarked && !isInTransaction)
                        || (isCommit && Interlocked.Decrement(ref _commitsToLose) >= 0)
                        || (Has(bytes, TransactionStart) && Interlocked.Decrement(ref _beginningsToLose) >= 0);
                    var until =
                        losing ? Interlocked.Exchange(ref _delayUntil, null)
                        : isCommit && Interlocked.Decrement(ref _commitsToDelay) >= 0 ? TransactionStart
                        : null;
                    late = until is null ? null : new LateStatement(bytes.ToArray(), until);
                    return late is null;
                },
                BringLateStatements
            );
            var downward = CopyAsync(down, up, _ => !losing && late is null);
            await Task.WhenAny(upward, downward);
            if (losing)
            {
                Interlocked.Increment(ref _lost);
            }

            if (late is not null)
            {
                _late[late] = true;
                client.Dispose();
                await late.MayCome.Task.WaitAsync(_end.Token);
                await down.WriteAsync(late.Bytes, _end.Token);
                // Ends with the server's answer, which is for nobody; before it, the server would end what its client leaves.
                await downward;
                Interlocked.Increment(ref _delayed);
            }
        }
    }

    private void BringLateStatements(ReadOnlySpan<byte> packet)
    {
        foreach (var late in _late.Keys)
        {
            if (Has(packet, late.Until) && _late.TryRemove(late, out _))
            {
                late.MayCome.SetResult();
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

    private static bool Has(ReadOnlySpan<byte> packet, string? text) =>
        text is not null && Encoding.UTF8.GetString(packet).Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this connection is the one that has the statement.</summary>
    private bool TakeStatement() => Interlocked.Exchange(ref _statementToLose, null) is not null;

    private sealed class LateStatement(byte[] bytes, string until)
    {
        public byte[] Bytes { get; } = bytes;

        /// <summary>A part of the statement that has to come first.</summary>
        public string Until { get; } = until;

        public TaskCompletionSource MayCome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
