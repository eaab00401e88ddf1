using Aspire.Hosting.Testing;
using MySqlConnector;

namespace MsaShop.EndToEnd.Tests;

/// <summary>Each service's database user sees its own database and no other.</summary>
[Collection(ShopCollection.Name)]
public sealed class DatabaseTests(ShopFixture shop)
{
    [Theory]
    [InlineData("userdb", "users")]
    [InlineData("productdb", "products")]
    [InlineData("orderdb", "orders")]
    [InlineData("paymentdb", "payments")]
    public async Task A_service_reads_its_own_tables(string database, string table)
    {
        await using var connection = new MySqlConnection(await shop.App.GetConnectionStringAsync(database));
        await connection.OpenAsync();
        await using var command = new MySqlCommand($"SELECT COUNT(*) FROM {table}", connection);

        Assert.NotNull(await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("orderdb", "paymentdb.payments")]
    [InlineData("paymentdb", "orderdb.orders")]
    [InlineData("userdb", "mysql.user")]
    public async Task A_service_reads_nobody_elses(string database, string table)
    {
        await using var connection = new MySqlConnection(await shop.App.GetConnectionStringAsync(database));
        await connection.OpenAsync();
        await using var command = new MySqlCommand($"SELECT COUNT(*) FROM {table}", connection);

        var refused = await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync());
        Assert.Equal(MySqlErrorCode.TableAccessDenied, refused.ErrorCode);
    }
}
