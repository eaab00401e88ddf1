using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace MsaShop.Testing;

/// <summary>
/// A MySQL or MariaDB server for the tests of one process. It starts with the first database asked for, keeps its data
/// in a temporary folder, and goes when the process does, however that ends.
/// </summary>
public static class MySqlServer
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Runs the server until standard input closes, which it does when the test process exits or is killed, and then
    /// removes the data. Arguments: the data folder, the server program, the server's arguments.
    /// </summary>
    private const string Watchdog = """
        data=$1; shift
        "$@" & server=$!
        read -r _
        kill -9 "$server"; wait "$server"
        rm -rf "$data"
        """;

    private static readonly Lazy<Task<string>> s_rootConnectionString = new(() =>
        Task.Run(() =>
            StartAsync(
                "--max-connections=300",
                "--innodb-buffer-pool-size=64M",
                "--performance-schema=OFF",
                // The data need not outlive a power cut.
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-log-bin"
            )
        )
    );

    /// <summary>Makes an empty database and returns its connection string.</summary>
    /// <exception cref="InvalidOperationException">No server is installed, or it does not start.</exception>
    public static async Task<string> CreateDatabaseAsync()
    {
        var root = await s_rootConnectionString.Value;
        var name = $"test_{Guid.NewGuid():N}";

        await using var connection = new MySqlConnection(root);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
        await command.ExecuteNonQueryAsync();

        // Sessions are not cleared between uses, as in the shop.
        return new MySqlConnectionStringBuilder(root)
        {
            Database = name,
            Pooling = true,
            ConnectionReset = false,
            // The pools of tests that have ended would otherwise fill the server.
            ConnectionIdleTimeout = 20,
        }.ConnectionString;
    }

    /// <summary>Starts a server, which runs until this process ends.</summary>
    /// <param name="settings">Its settings, besides where it is and how it writes text and time.</param>
    /// <returns>Its administrator's connection string.</returns>
    /// <exception cref="InvalidOperationException">No server is installed, or it does not start.</exception>
    public static async Task<string> StartAsync(params string[] settings)
    {
        var server =
            FindProgram("mariadbd", "mysqld")
            ?? throw new InvalidOperationException(
                "The tests need a database server, mariadbd or mysqld, on the PATH or in /usr/sbin. "
                    + "On Debian: apt-get install mariadb-server-core mariadb-client-core"
            );
        var folder = Directory.CreateTempSubdirectory("msa-shop-db-").FullName;
        var data = Path.Combine(folder, "data");
        await InitializeAsync(server, data);

        var port = FindFreePort();
        var process = Start(
            server,
            folder,
            [
                "--no-defaults",
                $"--datadir={data}",
                // A server that starts removes the temporary tables of all that share its folder for them.
                $"--tmpdir={folder}",
                $"--port={port.ToString(CultureInfo.InvariantCulture)}",
                "--bind-address=127.0.0.1",
                $"--socket={Path.Combine(folder, "sock")}",
                $"--pid-file={Path.Combine(folder, "pid")}",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--default-time-zone=+00:00",
                "--loose-mysqlx=OFF",
                .. settings,
                .. AsRoot,
            ]
        );

        // The administrator's connections are not pooled: there are few, and each test process opens its own databases.
        var root = $"Server=127.0.0.1;Port={port};User ID=root;Pooling=false;Connection Timeout=5";
        await WaitUntilReadyAsync(root, process);
        return root;
    }

    private static string[] AsRoot => Environment.UserName == "root" ? ["--user=root"] : [];

    private static async Task InitializeAsync(string server, string data)
    {
        var start = FindProgram("mariadb-install-db") is { } install
            ? Quiet(
                install,
                [
                    "--no-defaults",
                    $"--datadir={data}",
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    .. AsRoot,
                ]
            )
            : Quiet(server, ["--no-defaults", "--initialize-insecure", $"--datadir={data}", .. AsRoot]);
        start.Environment["TMPDIR"] = Path.GetDirectoryName(data)!;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"No data folder could be made: {await output}{await errors}");
        }
    }

    private static Process Start(string server, string folder, string[] arguments)
    {
        var start = OperatingSystem.IsWindows()
            ? Quiet(server, arguments)
            : Quiet("/bin/sh", ["-c", Watchdog, "sh", folder, server, .. arguments]);
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;

        // What the server says is wanted only if it does not start; reading it keeps it from blocking.
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        if (OperatingSystem.IsWindows())
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                process.Kill();
                process.WaitForExit();
                Directory.Delete(folder, recursive: true);
            };
        }

        return process;
    }

    private static readonly Queue<string> s_lastLines = new();

    private static void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (s_lastLines)
        {
            s_lastLines.Enqueue(line.Data ?? "");
            if (s_lastLines.Count > 20)
            {
                s_lastLines.Dequeue();
            }
        }
    }

    private static async Task WaitUntilReadyAsync(string connectionString, Process process)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new MySqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (MySqlException) when (Stopwatch.GetElapsedTime(started) < s_startTimeout && !HasEnded())
            {
                await Task.Delay(100);
            }
            catch (MySqlException exception)
            {
                throw new InvalidOperationException($"The server does not start:\n{LastLines()}", exception);
            }
        }

        // The watchdog outlives its server, so the server's own words tell that it has given up.
        bool HasEnded() => process.HasExited || LastLines().Contains("Aborting", StringComparison.Ordinal);
    }

    private static string LastLines()
    {
        lock (s_lastLines)
        {
            return string.Join('\n', s_lastLines);
        }
    }

    private static ProcessStartInfo Quiet(string program, IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static string? FindProgram(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin"]);
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";

        return names
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
