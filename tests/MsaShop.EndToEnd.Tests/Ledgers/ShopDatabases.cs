using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Dapper;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests.Ledgers;

/// <summary>The databases of the running shop, read past the services that own them.</summary>
/// <param name="app">The shop.</param>
public sealed class ShopDatabases(DistributedApplication app)
{
    static ShopDatabases() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The server that has the database.</summary>
    public static string ServerOf(string database) =>
        database switch
        {
            "userdb" => "mysql-user",
            "productdb" => "mysql-product",
            "orderdb" or "paymentdb" => "mysql-order",
            _ => throw new ArgumentOutOfRangeException(nameof(database), database, "There is no such database."),
        };

    /// <summary>Opens a connection as root.</summary>
    /// <param name="database">The database.</param>
    public async Task<MySqlConnection> OpenAsync(string database)
    {
        var settings = new MySqlConnectionStringBuilder((await app.GetConnectionStringAsync(ServerOf(database)))!)
        {
            Database = database,
            // A server that is killed in these tests would leave dead connections in a pool.
            Pooling = false,
        };
        var connection = new MySqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
