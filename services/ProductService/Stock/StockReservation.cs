using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.Data;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>What an order took. Its key makes repeats of the order's calls harmless.</summary>
public sealed class StockReservation
{
    public required string OrderNumber { get; init; }

    /// <summary>Whether the order still has it.</summary>
    public required StockReservationStatus Status { get; set; }

    /// <summary>What was taken, a product a line. Empty where an order was closed before it took anything.</summary>
    public List<StockReservationLine> Lines { get; } = [];

    /// <summary>When the order first came.</summary>
    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }
}

/// <summary>Whether an order still has what it took.</summary>
public enum StockReservationStatus
{
    /// <summary>The order has it.</summary>
    Taken,

    /// <summary>The order is closed: it gave back what it had, and can take nothing any more.</summary>
    Returned,
}

/// <summary>One product that an order took, as it was then.</summary>
public sealed class StockReservationLine
{
    public required string OrderNumber { get; init; }

    public required long ProductId { get; init; }

    /// <summary>The product's name then.</summary>
    public required string Name { get; init; }

    /// <summary>The price then, in whole won.</summary>
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
    /// <summary>Order numbers are compared letter by letter: <c>a</c> is not <c>A</c>.</summary>
    public static PropertyBuilder<T> IsOrderNumber<T>(this PropertyBuilder<T> property) => property.IsAscii(64);

    /// <summary>Short, and compared letter by letter.</summary>
    public static PropertyBuilder<T> IsAscii<T>(this PropertyBuilder<T> property, int maxLength) =>
        property.HasMaxLength(maxLength).HasCharSet("ascii").UseCollation("ascii_bin");
}
