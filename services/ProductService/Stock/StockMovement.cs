using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>An entry of the stock ledger. A product's entries add up to its stock.</summary>
public sealed class StockMovement
{
    public long Id { get; init; }
    public long ProductId { get; init; }
    public required Product Product { get; init; }
    public required StockMovementKind Kind { get; init; }

    /// <summary>The units added; below zero, removed.</summary>
    public required int Change { get; init; }

    public required int StockAfter { get; init; }

    /// <summary>
    /// The order's number, or the key of an administrator's request. Unique by kind and product, so that nothing is
    /// entered twice.
    /// </summary>
    public string? Reference { get; init; }

    public string? Reason { get; init; }
    public long? ChangedBy { get; init; }
    public required DateTime CreatedAt { get; init; }

    public static StockMovement Initial(
        Product product,
        int stock,
        DateTime now,
        string? reference = null,
        long? changedBy = null
    ) => Make(product, StockMovementKind.Initial, stock, now, reference, changedBy: changedBy);

    public static StockMovement Returned(Product product, int quantity, string orderNumber, DateTime now) =>
        Make(product, StockMovementKind.Returned, quantity, now, orderNumber);

    public static StockMovement Adjusted(
        Product product,
        int change,
        string reference,
        string? reason,
        long changedBy,
        DateTime now
    ) => Make(product, StockMovementKind.Adjusted, change, now, reference, reason, changedBy);

    private static StockMovement Make(
        Product product,
        StockMovementKind kind,
        int change,
        DateTime now,
        string? reference = null,
        string? reason = null,
        long? changedBy = null
    )
    {
        product.ChangeStock(change, now);
        return new StockMovement
        {
            Product = product,
            Kind = kind,
            Change = change,
            StockAfter = product.Stock,
            Reference = reference,
            Reason = reason,
            ChangedBy = changedBy,
            CreatedAt = now,
        };
    }
}

public enum StockMovementKind
{
    Initial,
    Adjusted,
    Taken,
    Returned,
}

internal sealed class StockMovementConfiguration : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> builder)
    {
        builder.ToTable("stock_movements");
        builder.HasOne(movement => movement.Product).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.Property(movement => movement.Kind).HasEnumColumn();
        // CHANGE is an SQL keyword, which every query of the ledger would have to quote.
        builder.Property(movement => movement.Change).HasColumnName("quantity");
        builder.Property(movement => movement.Reference).IsOrderNumber();
        builder.Property(movement => movement.Reason).HasMaxLength(200);
        builder.HasIndex(movement => new { movement.ProductId, movement.Id }, "ix_stock_movements_product");
        builder
            .HasIndex(
                movement => new
                {
                    movement.Reference,
                    movement.Kind,
                    movement.ProductId,
                },
                "ux_stock_movements_reference"
            )
            .IsUnique();
    }
}
