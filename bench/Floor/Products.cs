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

/// <summary>The shop's product list and single product, with SQL by hand on the shop's own tables.</summary>
internal static class Products
{
    private const string Columns =
        "id, name, description, price, stock, category, status, image_url, created_at, updated_at";

    public static async Task<ProductList> ListAsync(MySqlDataSource database, int page = 1, int size = 20)
    {
        const string Where = "status <> 'DISCONTINUED'";
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        // Both statements in one round trip.
        command.CommandText =
            $"SELECT COUNT(*) FROM products WHERE {Where};"
            + $"SELECT {Columns} FROM products WHERE {Where} ORDER BY created_at DESC, id DESC LIMIT {size} OFFSET {(page - 1) * size}";
        return await ReadPageAsync(command, page, size);
    }

    /// <summary>The newest products with a keyword, found by the table of letter pairs.</summary>
    public static async Task<ProductList> SearchAsync(MySqlDataSource database, string q, int size = 20)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("@like", $"%{q}%");
        var from = "FROM search_bigrams t0";
        var where = "WHERE t0.term = @term0";
        for (var index = 0; index + 1 < q.Length; index++)
        {
            command.Parameters.AddWithValue($"@term{index}", q.Substring(index, 2));
            if (index > 0)
            {
                from += $" JOIN search_bigrams t{index} ON t{index}.product_id = t0.product_id";
                where += $" AND t{index}.term = @term{index}";
            }
        }

        from += " STRAIGHT_JOIN products p ON p.id = t0.product_id";
        where += " AND p.status <> 'DISCONTINUED' AND (p.name LIKE @like OR p.description LIKE @like)";
        command.CommandText =
            $"SELECT COUNT(*) {from} {where};"
            + $"SELECT {Columns} FROM (SELECT p.id AS found {from} {where} ORDER BY p.created_at DESC, p.id DESC LIMIT {size}) page "
            + "JOIN products ON id = found ORDER BY created_at DESC, id DESC";
        return await ReadPageAsync(command, 1, size);
    }

    private static async Task<ProductList> ReadPageAsync(MySqlCommand command, int page, int size)
    {
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
