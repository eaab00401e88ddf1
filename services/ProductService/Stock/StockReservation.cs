using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>What an order has taken. The primary key makes repeated calls harmless.</summary>
public sealed class StockReservation
{
    public required string OrderNumber { get; init; }
    public required StockReservationStatus Status { get; set; }

    /// <summary>One line per product. Empty if the order was closed before it took anything.</summary>
    public List<StockReservationLine> Lines { get; } = [];

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; set; }
}

public enum StockReservationStatus
{
    Taken,

    /// <summary>Closed: its stock went back, and it can take nothing more.</summary>
    Returned,
}

/// <summary>A product that an order took, with its name and price then.</summary>
public sealed class StockReservationLine
{
    public required string OrderNumber { get; init; }
    public required long ProductId { get; init; }
    public required string Name { get; init; }

    /// <summary>In whole won.</summary>
    public required decimal Price { get; init; }

    public required int Quantity { get; init; }
}

internal sealed class StockReservationConfiguration
    : IEntityTypeConfiguration<StockReservation>,
        IEntityTypeConfiguration<StockReservationLine>
{
    public void Configure(EntityTypeBuilder<StockReservation> builder)
    {
        builder.ToTable("stock_reservations");
        builder.HasKey(take => take.OrderNumber);
        builder.Property(take => take.OrderNumber).IsOrderNumber();
        builder.Property(take => take.Status).HasEnumColumn();
        builder.HasIndex(take => new { take.Status, take.UpdatedAt }, "ix_stock_reservations_status");
        builder.HasMany(take => take.Lines).WithOne().HasForeignKey(line => line.OrderNumber);
    }

    public void Configure(EntityTypeBuilder<StockReservationLine> builder)
    {
        builder.ToTable("stock_reservation_lines");
        builder.HasKey(line => new { line.OrderNumber, line.ProductId });
        builder.Property(line => line.OrderNumber).IsOrderNumber();
        builder.Property(line => line.Name).HasMaxLength(100);
        builder.HasOne<Product>().WithMany().HasForeignKey(line => line.ProductId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class OrderNumberColumn
{
    public static PropertyBuilder<T> IsOrderNumber<T>(this PropertyBuilder<T> property) => property.IsAscii(64);

    /// <summary>Compared byte by byte: <c>a</c> is not <c>A</c>.</summary>
    public static PropertyBuilder<T> IsAscii<T>(this PropertyBuilder<T> property, int maxLength) =>
        property.HasMaxLength(maxLength).HasCharSet("ascii").UseCollation("ascii_bin");
}
