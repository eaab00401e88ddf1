using Aspire.Pomelo.EntityFrameworkCore.MySql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds <c>DbContext</c>s over Pomelo's MySQL provider, with what production needs around them.</summary>
public static class AspireEFMySqlExtensions
{
    private const string DefaultSection = "Aspire:Pomelo:EntityFrameworkCore:MySql";
    private const string TelemetryName = "MySqlConnector";

    /// <summary>
    /// Adds a pooled context for a named connection, with retries, a health check, traces and metrics. Settings come
    /// from the configuration section <c>Aspire:Pomelo:EntityFrameworkCore:MySql</c>, then from its subsection named
    /// like the context.
    /// </summary>
    /// <param name="connectionName">The name of the connection string.</param>
    /// <param name="configureSettings">Overrides the settings read from the configuration.</param>
    /// <param name="configureDbContextOptions">Configures the context's options after the provider is set.</param>
    /// <exception cref="InvalidOperationException">
    /// The context is registered twice, or the connection string is missing at first use.
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

        // PublicationOnly does not cache an exception: if the server is down at first, the next use asks again.
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
