using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>A page of a list.</summary>
/// <param name="Items">The page's items.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Size">The number of items per page.</param>
/// <param name="Total">The number of items on all pages.</param>
public sealed record PagedList<T>(IReadOnlyList<T> Items, int Page, int Size, long Total);

/// <summary>Selects a page. Bind it with <c>[AsParameters]</c>, alone or as a base.</summary>
public record PageRequest
{
    /// <summary>
    /// The last page. A page costs as much as all pages before it, so reading a million rows this way would be very slow:
    /// filter or export instead.
    /// </summary>
    public const int LastPage = 500;

    /// <summary>The page's number, from 1.</summary>
    [Range(
        1,
        LastPage,
        ErrorMessage = "The field {0} must be between {1} and {2}. What a list has beyond, a narrower one shows."
    )]
    [DefaultValue(1)]
    public int? Page { get; init; }

    /// <summary>The number of items per page.</summary>
    [Range(1, 100)]
    [DefaultValue(20)]
    public int? Size { get; init; }

    /// <summary>The page's number, or 1.</summary>
    protected internal int Number => Page ?? 1;

    /// <summary>The size, or 20.</summary>
    protected internal int Limit => Size ?? 20;

    /// <summary>The number of items before the page.</summary>
    protected internal int Offset => (Number - 1) * Limit;

    /// <summary>Creates the page.</summary>
    public PagedList<T> ToPage<T>(IReadOnlyList<T> items, long total) => new(items, Number, Limit, total);

    /// <summary>Limits an ordered query to the page.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> ordered) => ordered.Skip(Offset).Take(Limit);
}
