namespace Aspire.Pomelo.EntityFrameworkCore.MySql;

/// <summary>How a <c>DbContext</c> reaches its MySQL or MariaDB server.</summary>
public sealed class PomeloEntityFrameworkCoreMySqlSettings
{
    /// <summary>The connection string; by default the one of the connection's name.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The server's version, such as <c>8.4.0-mysql</c>; by default the server is asked once.</summary>
    public string? ServerVersion { get; set; }

    /// <summary>Disables retries after transient failures.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Disables the database's health check.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Disables tracing.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Disables metrics.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>The timeout of a command, in seconds.</summary>
    public int? CommandTimeout { get; set; }
}
