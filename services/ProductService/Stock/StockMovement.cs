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

    /// <summary>The difference that it made.</summary>
    public required int Change { get; init; }

    /// <summary>The stock afterwards.</summary>
    public required int StockAfter { get; init; }

    /// <summary>The order's number, or an identifier of an administrator's change: no change is entered twice.</summary>
    public string? Reference { get; init; }

    public string? Reason { get; init; }
    public long? ChangedBy { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Gives a new product its stock.</summary>
    public static StockMovement Initial(
        Product product,
        int stock,
        DateTime now,
        string? reference = null,
        long? changedBy = null
    ) => Make(product, StockMovementKind.Initial, stock, now, reference, changedBy: changedBy);

    /// <summary>Takes back what an order had.</summary>
    public static StockMovement Returned(Product product, int quantity, string orderNumber, DateTime now) =>
        Make(product, StockMovementKind.Returned, quantity, now, orderNumber);

    /// <summary>Changes the stock for an administrator.</summary>
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

/// <summary>Why a stock changed.</summary>
public enum StockMovementKind
{
    /// <summary>The product was added.</summary>
    Initial,

    /// <summary>An administrator changed it: a delivery, a count, a loss.</summary>
    Adjusted,

    /// <summary>An order took it.</summary>
    Taken,

    /// <summary>A cancelled order returned it.</summary>
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
