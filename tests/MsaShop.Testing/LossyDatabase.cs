using System.Net;
using System.Net.Sockets;
using System.Text;
using MySqlConnector;

namespace MsaShop.Testing;

/// <summary>
/// The way to a database server, on which the answer to a commit can be lost, and the connection with it; and on which a commit
/// can come late, when its connection is gone already.
/// </summary>
public sealed class LossyDatabase : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly MySqlConnectionStringBuilder _server;
    private int _commitsToLose;
    private string? _statementToLose;
    private string? _lateUntil;
    private Late? _late;
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
    public void DelayPast(string text, string until) => (_lateUntil, _statementToLose) = (until, text);

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
            Late? late = null;
            var upward = CopyAsync(
                up,
                down,
                bytes =>
                {
                    if (Has(bytes, _late?.Until))
                    {
                        _late!.MayCome.TrySetResult();
                    }

                    var isCommit = IsCommit(bytes);
                    isInTransaction = !isCommit && (isInTransaction || Has(bytes, "start transaction"));
                    isMarked = isMarked || Has(bytes, _statementToLose) && TakeStatement();
                    losing = isMarked && !isInTransaction || isCommit && Interlocked.Decrement(ref _commitsToLose) >= 0;
                    if (losing && Interlocked.Exchange(ref _lateUntil, null) is { } until)
                    {
                        _late = late = new Late(
                            bytes.ToArray(),
                            until,
                            new(TaskCreationOptions.RunContinuationsAsynchronously)
                        );
                    }

                    return late is null;
                }
            );
            var downward = CopyAsync(down, up, _ => !losing);
            await Task.WhenAny(upward, downward);
            if (losing)
            {
                Interlocked.Increment(ref _lost);
            }

            if (late is not null)
            {
                client.Close();
                await late.MayCome.Task.WaitAsync(_end.Token);
                await down.WriteAsync(late.Statement, _end.Token);
                // Answered to nobody; but the server ends what its client leaves before it is done.
                await down.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, _end.Token);
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

    /// <summary>A statement that is to come late.</summary>
    private sealed record Late(byte[] Statement, string Until, TaskCompletionSource MayCome);

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
