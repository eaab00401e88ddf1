using k8s;
using k8s.Models;
using MySqlConnector;

namespace MsaShop.Kubernetes.Tests;

/// <summary>The scripts that the cluster runs, on a real server: set up, back up, lose everything, restore.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Users = "/run/secrets/users";
    private readonly string _folder = Directory.CreateTempSubdirectory("backup").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_the_backup_has_comes_back_and_each_user_sees_its_own_database_alone()
    {
        var root = new MySqlConnectionStringBuilder(await MySqlServer.CreateDatabaseAsync()) { Database = "" };
        Given(root, ("orderdb", "order-password"), ("paymentdb", "payment-password"), ("backup", "backup-password"));

        RunScript("create-databases.sh", root);
        await ExecuteAsync(
            As(root, "orderdb"),
            "CREATE TABLE orders (id INT, name TEXT); INSERT INTO orders VALUES (7, '커피')"
        );
        await ExecuteAsync(As(root, "paymentdb"), "CREATE TABLE payments (id INT)");
        var stranger = new MySqlConnectionStringBuilder(As(root, "orderdb"))
        {
            Database = "paymentdb",
        }.ConnectionString;
        await Assert.ThrowsAsync<MySqlException>(() => ExecuteAsync(stranger, "SELECT 1"));

        RunScript("backup.sh", root);
        await ExecuteAsync(root.ConnectionString, "DROP DATABASE orderdb; DROP DATABASE paymentdb");
        Restore(root);

        Assert.Equal("커피", await ExecuteAsync(As(root, "orderdb"), "SELECT name FROM orders WHERE id = 7"));
        Assert.Equal(0L, await ExecuteAsync(As(root, "paymentdb"), "SELECT COUNT(*) FROM payments"));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_no_file_that_looks_like_one()
    {
        var root = new MySqlConnectionStringBuilder(await MySqlServer.CreateDatabaseAsync()) { Database = "" };
        Given(root, ("backup", "not-its-password"));

        Assert.Throws<InvalidOperationException>(() => RunScript("backup.sh", root));

        Assert.Empty(Directory.GetFiles(_folder, "*.sql.gz"));
    }

    [Fact]
    public async Task Backups_older_than_two_weeks_go_and_nothing_deeper_is_looked_at()
    {
        var root = new MySqlConnectionStringBuilder(await MySqlServer.CreateDatabaseAsync()) { Database = "" };
        Given(root, ("orderdb", "order-password"), ("paymentdb", "payment-password"), ("backup", "backup-password"));
        RunScript("create-databases.sh", root);
        var lostAndFound = Directory.CreateDirectory(Path.Combine(_folder, "lost+found")).FullName;
        var (old, young) = (BackupOf(_folder, days: 16), BackupOf(_folder, days: 13));
        var deep = BackupOf(lostAndFound, days: 16);

        RunScript("backup.sh", root);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.True(File.Exists(deep));

        static string BackupOf(string folder, int days)
        {
            var file = Path.Combine(folder, $"{days}-days-old.sql.gz");
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-days));
            return file;
        }
    }

    /// <summary>The Secret's files, and a client that finds the server as one in the pod would.</summary>
    private void Given(MySqlConnectionStringBuilder root, params (string User, string Password)[] users)
    {
        foreach (var (user, password) in users)
        {
            File.WriteAllText(Path.Combine(_folder, user), password);
        }

        var client = Path.Combine(_folder, "mysql");
        File.WriteAllText(
            client,
            $"""
            #!/bin/sh
            exec "$(command -v mariadb || echo /usr/bin/mysql)" --host=127.0.0.1 --port={root.Port} "$@"

            """
        );
        Repository.Run("chmod", ["+x", client]);
    }

    private void RunScript(string name, MySqlConnectionStringBuilder root)
    {
        var script = Path.Combine(_folder, name);
        File.WriteAllText(
            script,
            Cluster
                .OnPrem.Get<V1ConfigMap>("mysql-order-scripts")
                .Data[name]
                .Replace(Users, _folder, StringComparison.Ordinal)
                .Replace("/backup/", $"{_folder}/", StringComparison.Ordinal)
                .Replace("find /backup", $"find {_folder}", StringComparison.Ordinal)
        );
        Run(root, "sh", script);
    }

    /// <summary>As docs/on-prem.md says it.</summary>
    private void Restore(MySqlConnectionStringBuilder root) =>
        Run(root, "sh", "-c", $"gunzip --stdout {_folder}/*.sql.gz | mysql --user=root");

    private void Run(MySqlConnectionStringBuilder root, string program, params string[] args) =>
        Repository.Run(
            program,
            args,
            ("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("MYSQL_TCP_PORT", $"{root.Port}"),
            ("MYSQL_ROOT_PASSWORD", ""),
            ("SHOP_SERVER", "127.0.0.1"),
            ("SHOP_DATABASES", "orderdb paymentdb")
        );

    private string As(MySqlConnectionStringBuilder root, string user) =>
        new MySqlConnectionStringBuilder
        {
            Server = root.Server,
            Port = root.Port,
            UserID = user,
            Password = File.ReadAllText(Path.Combine(_folder, user)),
            Database = user,
            Pooling = false,
        }.ConnectionString;

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
