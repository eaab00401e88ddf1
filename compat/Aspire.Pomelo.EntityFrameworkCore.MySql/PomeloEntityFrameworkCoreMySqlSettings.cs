namespace Aspire.Pomelo.EntityFrameworkCore.MySql;

/// <summary>How a <c>DbContext</c> reaches its MySQL or MariaDB server.</summary>
public sealed class PomeloEntityFrameworkCoreMySqlSettings
{
    /// <summary>The connection string; by default the one of the connection's name.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The server's version, such as <c>8.4.0-mysql</c>; by default the server is asked, once.</summary>
    public string? ServerVersion { get; set; }

    /// <summary>Whether commands that fail for a passing reason are not tried again.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Whether no health check is added for the database.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether no traces are written.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether no metrics are written.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>How long a command may take, in seconds.</summary>
    public int? CommandTimeout { get; set; }
}
