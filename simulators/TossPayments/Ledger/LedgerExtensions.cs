using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using MsaShop.TossPayments.Settings;

namespace MsaShop.TossPayments.Ledger;

internal static class LedgerExtensions
{
    public static void AddLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDbContextFactory<LedgerDbContext>(
            (services, options) =>
                options
                    .UseSqlite(
                        ConnectionString(services.GetRequiredService<IOptions<SimulatorOptions>>().Value.DataFile)
                    )
                    .AddInterceptors(new QuickCommits())
        );
        builder.Services.AddSingleton<LedgerStore>();
    }

    /// <summary>Opens the ledger's file, or creates it; works whatever ended the last run.</summary>
    public static void OpenLedger(this WebApplication app)
    {
        var file = Path.GetFullPath(app.Services.GetRequiredService<IOptions<SimulatorOptions>>().Value.DataFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        PutAsideOtherVersion(file, app.Logger);

        using var database = app.Services.GetRequiredService<IDbContextFactory<LedgerDbContext>>().CreateDbContext();
        if (database.Database.EnsureCreated())
        {
            // A pragma takes no parameters.
#pragma warning disable EF1002
            database.Database.ExecuteSqlRaw(
                $"PRAGMA user_version = {LedgerDbContext.SchemaVersion.ToString(CultureInfo.InvariantCulture)}"
            );
#pragma warning restore EF1002
        }
    }

    private static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file) }.ConnectionString;

    private static void PutAsideOtherVersion(string file, ILogger logger)
    {
        if (!File.Exists(file))
        {
            return;
        }

        long version;
        using (var connection = new SqliteConnection(ConnectionString(file) + ";Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            version = (long)command.ExecuteScalar()!;
        }

        // Version 0: the last run was killed while creating the file.
        if (version != LedgerDbContext.SchemaVersion)
        {
            var aside = $"{file}.version-{version.ToString(CultureInfo.InvariantCulture)}";
            logger.LogWarning("{File} is of another version: it is now {Aside}, and a new one is made.", file, aside);
            File.Move(file, aside, overwrite: true);
        }
    }

    /// <summary>Commits survive the process; only a power cut may lose the latest, which is acceptable here.</summary>
    private sealed class QuickCommits : DbConnectionInterceptor
    {
        private const string Pragma = "PRAGMA synchronous = NORMAL";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
