using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Data;

/// <summary>Lists that grow without limit and still answer quickly.</summary>
public static class LongList
{
    /// <summary>The largest total that is counted: a page costs as much as the rows counted for it.</summary>
    public const int CountReach = 5_000;

    /// <summary>The number of newest rows that a search examines.</summary>
    public const int SearchReach = 10_000;

    /// <summary>The OpenAPI description of the list's total.</summary>
    public const string TotalDescription = "`total` is counted up to 5,000.";

    /// <summary>The OpenAPI description of a list that can also be searched.</summary>
    public const string SearchDescription =
        TotalDescription
        + " `q` looks at the newest 10,000 that the other filters leave; a whole order number is found among all.";

    /// <summary>
    /// The total of all pages, capped at <see cref="CountReach"/>: nobody turns that many pages, and counting millions
    /// takes seconds.
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

        // Probing the last row within reach is faster than counting all of them.
        return await matching.Skip(CountReach - 1).Select(_ => true).FirstOrDefaultAsync(cancellationToken)
            ? CountReach
            : await matching.LongCountAsync(cancellationToken);
    }
}
