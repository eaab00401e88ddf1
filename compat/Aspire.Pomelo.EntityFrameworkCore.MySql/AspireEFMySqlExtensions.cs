using Aspire.Pomelo.EntityFrameworkCore.MySql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds <c>DbContext</c>s over Pomelo's MySQL provider, with what a service in production needs around them.</summary>
public static class AspireEFMySqlExtensions
{
    private const string DefaultSection = "Aspire:Pomelo:EntityFrameworkCore:MySql";
    private const string TelemetryName = "MySqlConnector";

    /// <summary>
    /// Adds a pooled context for the database of this connection name, with retries, a health check, traces and metrics.
    /// Settings come from the configuration section <c>Aspire:Pomelo:EntityFrameworkCore:MySql</c>, then from its
    /// subsection named like the context.
    /// </summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="builder">The application's builder.</param>
    /// <param name="connectionName">The connection string's name.</param>
    /// <param name="configureSettings">Changes the settings after the configuration has been read.</param>
    /// <param name="configureDbContextOptions">Changes the context's options after the provider has been set.</param>
    /// <exception cref="InvalidOperationException">
    /// The context is registered already; or, when first used, there is no such connection string.
    /// </exception>
    public static void AddMySqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<PomeloEntityFrameworkCoreMySqlSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null
    )
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (builder.Services.Any(service => service.ServiceType == typeof(TContext)))
        {
            throw new InvalidOperationException($"DbContext<{typeof(TContext).Name}> is already registered.");
        }

        var settings = new PomeloEntityFrameworkCoreMySqlSettings();
        var section = builder.Configuration.GetSection(DefaultSection);
        section.Bind(settings);
        section.GetSection(typeof(TContext).Name).Bind(settings);
        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        // A server that is away at the first question is asked again at the next.
        var version = new Lazy<ServerVersion>(
            () =>
                settings.ServerVersion is { } given
                    ? ServerVersion.Parse(given)
                    : ServerVersion.AutoDetect(RequireConnectionString()),
            LazyThreadSafetyMode.PublicationOnly
        );

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            options.UseMySql(
                RequireConnectionString(),
                version.Value,
                mysql =>
                {
                    if (!settings.DisableRetry)
                    {
                        mysql.EnableRetryOnFailure();
                    }

                    if (settings.CommandTimeout is { } seconds)
                    {
                        mysql.CommandTimeout(seconds);
                    }
                }
            );
            configureDbContextOptions?.Invoke(options);
        });
        builder.AddHealthCheckAndTelemetry<TContext>(settings);

        string RequireConnectionString() =>
            string.IsNullOrWhiteSpace(settings.ConnectionString)
                ? throw new InvalidOperationException(
                    $"There is no connection string: ConnectionStrings:{connectionName} is not configured."
                )
                : settings.ConnectionString;
    }

    private static void AddHealthCheckAndTelemetry<TContext>(
        this IHostApplicationBuilder builder,
        PomeloEntityFrameworkCoreMySqlSettings settings
    )
        where TContext : DbContext
    {
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().AddDbContextCheck<TContext>();
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(TelemetryName));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(TelemetryName));
        }
    }
}
