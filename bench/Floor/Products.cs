using System.Data.Common;
using System.Text.Json.Serialization;
using MySqlConnector;

namespace MsaShop.Bench.Floor;

internal sealed record Product(
    long Id,
    string Name,
    string? Description,
    long Price,
    int Stock,
    string? Category,
    string Status,
    string? ImageUrl,
    DateTime CreatedAt,
    DateTime UpdatedAt
);

internal sealed record ProductList(List<Product> Items, int Page, int Size, long Total);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(ProductList))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(Order))]
internal sealed partial class FloorJson : JsonSerializerContext;

/// <summary>The shop's product list and product, by hand, from the shop's own tables.</summary>
internal static class Products
{
    private const string Columns =
        "id, name, description, price, stock, category, status, image_url, created_at, updated_at";

    public static async Task<ProductList> ListAsync(
        MySqlDataSource database,
        int page = 1,
        int size = 20,
        string? q = null
    )
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        var where = "status <> 'DISCONTINUED'";
        if (q is not null)
        {
            where += " AND (name LIKE CONCAT('%', @q, '%') OR description LIKE CONCAT('%', @q, '%'))";
            command.Parameters.AddWithValue("@q", q);
        }

        // Both statements in one round trip.
        command.CommandText =
            $"SELECT COUNT(*) FROM products WHERE {where};"
            + $"SELECT {Columns} FROM products WHERE {where} ORDER BY created_at DESC, id DESC LIMIT {size} OFFSET {(page - 1) * size}";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var total = reader.GetInt64(0);
        await reader.NextResultAsync();
        var items = new List<Product>(size);
        while (await reader.ReadAsync())
        {
            items.Add(Read(reader));
        }

        return new ProductList(items, page, size, total);
    }

    public static async Task<IResult> ReadAsync(MySqlDataSource database, long id)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM products WHERE id = @id AND status <> 'DISCONTINUED'";
        command.Parameters.AddWithValue("@id", id);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Results.Json(Read(reader), FloorJson.Default.Product) : Results.NotFound();
    }

    private static Product Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            (long)row.GetDecimal(3),
            row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetString(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            row.GetDateTime(8),
            row.GetDateTime(9)
        );
}
