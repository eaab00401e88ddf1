using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;
using OpenTelemetry.Trace;

namespace MsaShop.Data;

/// <summary>Migrations as a separate step: the service's program with the argument <c>migrate</c>.</summary>
public static class MigrationExtensions
{
    private const int LockTimeoutSeconds = 300;

    private static readonly ActivitySource s_source = new("MsaShop.Migrations");

    /// <summary>
    /// Serves requests. With the argument <c>migrate</c> it migrates the database and exits instead; with
    /// <c>mend-text</c> it also rewrites stored text in today's form.
    /// </summary>
    /// <param name="texts">The columns with text that people wrote.</param>
    /// <param name="seed">Inserts the rows that the service needs. It runs every time, so it is idempotent.</param>
    public static async Task RunOrMigrateAsync<TContext>(
        this WebApplication app,
        string[] args,
        IReadOnlyList<TextColumns> texts,
        Func<IServiceProvider, CancellationToken, Task>? seed = null
    )
        where TContext : DbContext
    {
        if (args is ["migrate" or StoredText.Command, ..])
        {
            // The host is never started, so nothing listens; resolving the tracer provider starts tracing.
            _ = app.Services.GetService<TracerProvider>();
            var mends = args[0] == StoredText.Command;
            await app.MigrateAsync<TContext>(texts, mends, seed, app.Lifetime.ApplicationStopping);
            await app.DisposeAsync();
        }
        else if (app.IsConfigured())
        {
            await app.RunAsync();
        }
        else
        {
            // Disposing flushes the console logger, whose thread does not keep the process alive.
            await app.DisposeAsync();
        }
    }

    /// <summary>
    /// Runs the validation that the host would run on start. Wrong settings concern the operator, so they get one line;
    /// the host would add a stack trace.
    /// </summary>
    private static bool IsConfigured(this WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            return true;
        }
        catch (OptionsValidationException exception)
        {
            app.Logger.LogCritical("The service does not start: {Problem}", string.Join(' ', exception.Failures));
            Environment.ExitCode = 1;
            return false;
        }
    }

    private static async Task MigrateAsync<TContext>(
        this WebApplication app,
        IReadOnlyList<TextColumns> texts,
        bool mends,
        Func<IServiceProvider, CancellationToken, Task>? seed,
        CancellationToken cancellationToken
    )
        where TContext : DbContext
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        using var activity = s_source.StartActivity("migrate");

        // Replicas may race here. MySQL and MariaDB release a named lock with its connection, and a pooled connection
        // would stay open and keep it.
        await using var connection = new MySqlConnection(
            new MySqlConnectionStringBuilder(database.Database.GetConnectionString()!)
            {
                Pooling = false,
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT GET_LOCK('{connection.Database}.migrate', {LockTimeoutSeconds})";
        command.CommandTimeout = LockTimeoutSeconds + 30;
        if (await command.ExecuteScalarAsync(cancellationToken) is not 1 and not 1L)
        {
            throw new TimeoutException("Another migration of this database has been running for five minutes.");
        }

        var known = database.Database.GetMigrations().ToList();
        var applied = (await database.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        // A later release's migrations are fine: it lets its predecessor run on its tables.
        if (applied.Count > 0 && !applied.Contains(known[0]))
        {
            await app.RefuseAsync(connection, applied[0], cancellationToken);
            return;
        }

        if (mends)
        {
            await StoredText.MendAsync(connection, texts, app.Logger, cancellationToken);
        }

        await database.Database.MigrateAsync(cancellationToken);
        if (seed is not null)
        {
            await seed(scope.ServiceProvider, cancellationToken);
        }

        app.Logger.LogInformation(
            "{Database}: {Count} migrations applied",
            connection.Database,
            known.Except(applied).Count()
        );
    }

    /// <summary>Logs in one line that this database cannot be migrated, and what to do.</summary>
    private static async Task RefuseAsync(
        this WebApplication app,
        MySqlConnection connection,
        string migration,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @@datadir";
        app.Logger.LogCritical(
            "{Database} was made by a version from before the first release ({Migration}), from which nothing leads on. Stop the shop, delete the database server's data ({Folder}, or its container's volume) and start again",
            connection.Database,
            migration,
            await command.ExecuteScalarAsync(cancellationToken)
        );
        Environment.ExitCode = 1;
    }
}
