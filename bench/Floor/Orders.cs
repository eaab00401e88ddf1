using MySqlConnector;

namespace MsaShop.Bench.Floor;

internal sealed record OrderLine(long ProductId, int Quantity);

internal sealed record OrderRequest(long UserId, string Email, List<OrderLine> Items);

internal sealed record Order(long Id, long TotalPrice);

/// <summary>An order as one transaction in one database: take stock, insert the order, insert its lines.</summary>
internal static class Orders
{
    public static async Task<IResult> PlaceAsync(MySqlDataSource database, OrderRequest request)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var total = 0m;
        foreach (var line in request.Items.OrderBy(line => line.ProductId))
        {
            await using var take = new MySqlCommand(
                "UPDATE floor_products SET stock = stock - @quantity WHERE id = @id AND stock >= @quantity;"
                    + "SELECT price FROM floor_products WHERE id = @id",
                connection,
                transaction
            );
            take.Parameters.AddWithValue("@id", line.ProductId);
            take.Parameters.AddWithValue("@quantity", line.Quantity);
            await using var reader = await take.ExecuteReaderAsync();
            if (reader.RecordsAffected < 1 || !await reader.ReadAsync())
            {
                return Results.Conflict();
            }

            total += reader.GetDecimal(0) * line.Quantity;
        }

        await using var insert = new MySqlCommand(
            "INSERT INTO floor_orders (user_id, email, total_price, status, created_at) VALUES (@user, @email, @total, 'PENDING', UTC_TIMESTAMP(6));",
            connection,
            transaction
        );
        insert.Parameters.AddWithValue("@user", request.UserId);
        insert.Parameters.AddWithValue("@email", request.Email);
        insert.Parameters.AddWithValue("@total", total);
        await insert.ExecuteNonQueryAsync();
        var id = insert.LastInsertedId;
        foreach (var line in request.Items)
        {
            await using var item = new MySqlCommand(
                "INSERT INTO floor_order_items (order_id, product_id, quantity) VALUES (@order, @product, @quantity)",
                connection,
                transaction
            );
            item.Parameters.AddWithValue("@order", id);
            item.Parameters.AddWithValue("@product", line.ProductId);
            item.Parameters.AddWithValue("@quantity", line.Quantity);
            await item.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return Results.Json(
            new Order(id, (long)total),
            FloorJson.Default.Order,
            statusCode: StatusCodes.Status201Created
        );
    }
}
