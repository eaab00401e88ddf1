using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Data;

/// <summary>Limits that keep lists fast however long they grow.</summary>
public static class LongList
{
    /// <summary>The highest total that is counted: each page costs as much as the rows counted for it.</summary>
    public const int CountReach = 5_000;

    /// <summary>The most rows that a search reads.</summary>
    public const int SearchReach = 10_000;

    /// <summary>The OpenAPI description of the total.</summary>
    public const string TotalDescription = "`total` is counted up to 5,000.";

    /// <summary>The OpenAPI description of a searchable list.</summary>
    public const string SearchDescription =
        TotalDescription
        + " `q` looks at the newest 10,000 that the other filters leave; a whole order number is found among all.";

    /// <summary>
    /// The total of all pages, up to <see cref="CountReach"/>: nobody turns so many pages, and counting millions takes
    /// seconds.
    /// </summary>
    /// <param name="matching">The rows of all pages.</param>
    /// <param name="found">The number of rows on this page.</param>
    public static async Task<long> CountAsync<T>(
        this PageRequest page,
        IQueryable<T> matching,
        int found,
        CancellationToken cancellationToken
    )
    {
        var isLast = found < page.Limit && (found > 0 || page.Number == 1);
        if (isLast)
        {
            return page.Offset + found;
        }

        // Finding a row at the limit is quicker than counting up to it.
        return await matching.Skip(CountReach - 1).Select(_ => true).FirstOrDefaultAsync(cancellationToken)
            ? CountReach
            : await matching.LongCountAsync(cancellationToken);
    }
}
