using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="Size">How many items a page holds.</param>
/// <param name="Total">How many items there are on all pages.</param>
public sealed record PagedList<T>(IReadOnlyList<T> Items, int Page, int Size, long Total);

/// <summary>Which page of a list is wanted. Bind it with <c>[AsParameters]</c>, alone or as a base.</summary>
public record PageRequest
{
    /// <summary>
    /// The last page that a list has. A page costs as much as all that comes before it, so who reads to the end of a million has the
    /// database read a million for each page; whoever looks for something beyond filters, or exports.
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

    /// <summary>The page's number, or 1.</summary>
    protected internal int Number => Page ?? 1;

    /// <summary>The size, or 20.</summary>
    protected internal int Limit => Size ?? 20;

    /// <summary>How many items come before the page.</summary>
    protected internal int Offset => (Number - 1) * Limit;

    /// <summary>Makes the page that was asked for.</summary>
    public PagedList<T> ToPage<T>(IReadOnlyList<T> items, long total) => new(items, Number, Limit, total);

    /// <summary>Takes the page's rows out of an ordered query.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> ordered) => ordered.Skip(Offset).Take(Limit);
}
