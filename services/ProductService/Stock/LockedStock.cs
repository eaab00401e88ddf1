using System.Data.Common;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>The columns of a locked product that an order needs.</summary>
internal sealed record LockedStock(long Id, string Name, decimal Price, int Stock, ProductStatus Status)
{
    public const string Columns = "id, name, price, stock, status";

    public int Available => Status == ProductStatus.Discontinued ? 0 : Stock;

    public static LockedStock Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetDecimal(2),
            row.GetInt32(3),
            EnumWords.Parse<ProductStatus>(row.GetString(4))!.Value
        );
}
