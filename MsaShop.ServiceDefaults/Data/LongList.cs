using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Data;

/// <summary>Lists that grow for ever, and still answer at once.</summary>
public static class LongList
{
    /// <summary>How far such a list is counted: every page of it is as dear as the rows that are counted for it.</summary>
    public const int CountReach = 5_000;

    /// <summary>How many rows a search in such a list looks at.</summary>
    public const int SearchReach = 10_000;

    /// <summary>What the API's document says of the list's total.</summary>
    public const string TotalDescription = "`total` is counted up to 5,000.";

    /// <summary>What it says besides where the list can be searched.</summary>
    public const string SearchDescription =
        TotalDescription
        + " `q` looks at the newest 10,000 that the other filters leave; a whole order number is found among all.";

    /// <summary>
    /// The total of all pages, as far as it is counted: nobody turns so many pages, and counting millions takes seconds.
    /// </summary>
    /// <param name="page">The page that was asked for.</param>
    /// <param name="matching">The rows on all pages.</param>
    /// <param name="found">How many of them are on this page.</param>
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

        // Whether there is a last row within reach is known sooner than how many there are.
        return await matching.Skip(CountReach - 1).Select(_ => true).FirstOrDefaultAsync(cancellationToken)
            ? CountReach
            : await matching.LongCountAsync(cancellationToken);
    }
}
