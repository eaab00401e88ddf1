using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MySqlConnector;
using OpenTelemetry.Trace;

namespace MsaShop.Data;

/// <summary>Migrations as a step of their own: the service's program with the argument <c>migrate</c>.</summary>
public static class MigrationExtensions
{
    private const int LockTimeoutSeconds = 300;

    private static readonly ActivitySource s_source = new("MsaShop.Migrations");

    /// <summary>
    /// Serves requests, or, with the argument <c>migrate</c>, brings the database up to date and ends; with <c>mend-text</c> it
    /// mends the stored text once more, and ends.
    /// </summary>
    /// <param name="texts">Where text lies that people wrote.</param>
    /// <param name="seed">Puts in what the service needs beyond its tables; runs each time, so it must be repeatable.</param>
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
            // The host is not started, so that nothing listens; what traces is made by asking for it.
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
            // The console is written to by a thread of its own, which the end of the program does not wait for.
            await app.DisposeAsync();
        }
    }

    /// <summary>
    /// Checks the settings that are checked on start. What is wrong with them is for whoever configured the service: one
    /// line says it, where the host would add a stack trace.
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
        var context = scope.ServiceProvider.GetRequiredService<TContext>();
        using var activity = s_source.StartActivity("migrate");

        // Replicas may race here. MySQL and MariaDB both have named locks, which go with the connection that took them.
        // A pooled connection would keep it after its use.
        await using var connection = new MySqlConnection(
            new MySqlConnectionStringBuilder(context.Database.GetConnectionString()!)
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

        var known = context.Database.GetMigrations().ToList();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        // A later release's migrations are no obstacle: it lets its predecessor live with them.
        if (applied.Count > 0 && !applied.Contains(known[0]))
        {
            await app.RefuseAsync(connection, applied[0], cancellationToken);
            return;
        }

        if (mends)
        {
            await StoredText.MendAsync(connection, texts, app.Logger, cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
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

    /// <summary>Says, in one line, that nothing leads on from this database, and what to do about it.</summary>
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
