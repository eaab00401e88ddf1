using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ProductService.Stock;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Changes the catalogue, and in the same transaction what is kept of it to find products by and to count them.</summary>
internal sealed class CatalogueWriter(ProductDbContext context, ProductLock products)
{
    /// <summary>Adds a product, once.</summary>
    /// <param name="initial">Makes it, with the first entry of its ledger.</param>
    /// <param name="requestKey">The <see cref="Product.RequestKey"/> that it has.</param>
    /// <returns>The product, and whether an earlier request with the same key has added it.</returns>
    public Task<(Product Product, bool Replayed)> AddAsync(
        Func<StockMovement> initial,
        string requestKey,
        CancellationToken cancellationToken
    )
    {
        Product? added = null;
        return context.TransactAsync(
            async token =>
            {
                var earlier = await context
                    .Products.AsNoTracking()
                    .FirstOrDefaultAsync(product => product.RequestKey == requestKey, token);
                if (earlier is not null)
                {
                    return (earlier, Replayed: earlier.Id != added?.Id);
                }

                var movement = initial();
                context.StockMovements.Add(movement);
                await context.SaveChangesAsync(token);
                added = movement.Product;
                await SearchIndex.WriteAsync(context, [added], token);
                await context.RaiseCatalogueVersionAsync(token);
                return (added, Replayed: false);
            },
            cancellationToken
        );
    }

    /// <summary>Changes a product in a way that may be repeated without harm.</summary>
    /// <param name="change">What to do; says whether the product is to be changed after all.</param>
    /// <returns>The product, or null if there is none.</returns>
    public Task<Product?> ChangeAsync(long id, Func<Product, bool> change, CancellationToken cancellationToken) =>
        context.TransactAsync(
            async token =>
            {
                if ((await products.LockAsync([id], token)).GetValueOrDefault(id) is not { } product)
                {
                    return null;
                }

                var (name, description) = (product.Name, product.Description);
                if (!change(product))
                {
                    // Nothing of what it has tried is saved.
                    context.ChangeTracker.Clear();
                    return product;
                }

                await context.SaveChangesAsync(token);
                if (product.Name != name || product.Description != description)
                {
                    await SearchIndex.WriteAsync(context, [product], token);
                }

                await context.RaiseCatalogueVersionAsync(token);
                return product;
            },
            cancellationToken
        );
}
