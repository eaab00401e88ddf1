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
    /// <summary>The page's number, from 1.</summary>
    [Range(1, 100_000)]
    [DefaultValue(1)]
    public int? Page { get; init; }

    /// <summary>How many items a page holds.</summary>
    [Range(1, 100)]
    [DefaultValue(20)]
    public int? Size { get; init; }

    /// <summary>The page's number, or 1.</summary>
    internal int Number => Page ?? 1;

    /// <summary>The size, or 20.</summary>
    internal int Limit => Size ?? 20;

    /// <summary>How many items come before the page.</summary>
    internal int Offset => (Number - 1) * Limit;

    /// <summary>Makes the page that was asked for.</summary>
    public PagedList<T> ToPage<T>(IReadOnlyList<T> items, long total) => new(items, Number, Limit, total);

    /// <summary>Takes the page's rows out of an ordered query.</summary>
    public IQueryable<T> Apply<T>(IQueryable<T> ordered) => ordered.Skip(Offset).Take(Limit);
}
