using Microsoft.EntityFrameworkCore;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Changes the catalogue, and in the same transaction what is kept of it to find products by and to count them.</summary>
internal sealed class CatalogueWriter(ProductDbContext context, ProductLock products)
{
    /// <summary>Adds a product, once.</summary>
    /// <param name="initial">Makes it, with the first entry of its ledger.</param>
    /// <param name="reference">What the entry refers to, by which a lost answer is told from work not done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Product> AddAsync(Func<StockMovement> initial, string reference, CancellationToken cancellationToken) =>
        products.TransactAsync(
            async token =>
            {
                var movement = initial();
                context.StockMovements.Add(movement);
                await context.SaveChangesAsync(token);
                await SearchIndex.WriteAsync(context, [movement.Product], token);
                await context.RaiseCatalogueVersionAsync(token);
                return movement.Product;
            },
            reference,
            cancellationToken
        );

    /// <summary>Changes a product in a way that may be repeated without harm.</summary>
    /// <returns>The product, or null if there is none.</returns>
    public Task<Product?> ChangeAsync(long id, Action<Product> change, CancellationToken cancellationToken) =>
        products.TransactAsync(
            async token =>
            {
                if ((await products.LockAsync([id], token)).GetValueOrDefault(id) is not { } product)
                {
                    return null;
                }

                var (name, description) = (product.Name, product.Description);
                change(product);
                await context.SaveChangesAsync(token);
                if (product.Name != name || product.Description != description)
                {
                    await SearchIndex.WriteAsync(context, [product], token);
                }

                await context.RaiseCatalogueVersionAsync(token);
                return product;
            },
            reference: null,
            cancellationToken
        );
}
