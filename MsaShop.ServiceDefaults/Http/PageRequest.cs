using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Size">How many items a page holds.</param>
/// <param name="Total">How many items there are on all pages.</param>
public sealed record PagedList<T>(IReadOnlyList<T> Items, int Page, int Size, long Total);

/// <summary>The requested page of a list. Bind it with <c>[AsParameters]</c>, alone or as a base.</summary>
public record PageRequest
{
    /// <summary>
    /// The last page of every list. A page costs as much as everything before it, so deep paging would read millions of
    /// rows for each page; beyond it, clients filter or export.
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

    /// <summary>How many items a page holds.</summary>
    [Range(1, 100)]
    [DefaultValue(20)]
    public int? Size { get; init; }

    /// <summary>The page's number; 1 by default.</summary>
    protected internal int Number => Page ?? 1;

    /// <summary>The page's size; 20 by default.</summary>
    protected internal int Limit => Size ?? 20;

    /// <summary>The number of items before the page.</summary>
    protected internal int Offset => (Number - 1) * Limit;

    /// <summary>Creates the page from its items and the total.</summary>
    public PagedList<T> ToPage<T>(IReadOnlyList<T> items, long total) => new(items, Number, Limit, total);

    /// <summary>Selects the page's rows from an ordered query.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> ordered) => ordered.Skip(Offset).Take(Limit);
}
