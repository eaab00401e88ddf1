using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource's annotations. Reading is safe while others add: each read sees the collection as it was at that moment.
/// </summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>, IEnumerable<IResourceAnnotation>
{
    private readonly Lock _lock = new();

    public ResourceAnnotationCollection() { }

    IEnumerator<IResourceAnnotation> IEnumerable<IResourceAnnotation>.GetEnumerator() =>
        ((IEnumerable<IResourceAnnotation>)Snapshot()).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => Snapshot().GetEnumerator();

    internal IResourceAnnotation[] Snapshot()
    {
        lock (_lock)
        {
            return [.. Items];
        }
    }

    protected override void InsertItem(int index, IResourceAnnotation item)
    {
        lock (_lock)
        {
            base.InsertItem(Math.Min(index, Items.Count), item);
        }
    }

    protected override void RemoveItem(int index)
    {
        lock (_lock)
        {
            base.RemoveItem(index);
        }
    }

    protected override void SetItem(int index, IResourceAnnotation item)
    {
        lock (_lock)
        {
            base.SetItem(index, item);
        }
    }

    protected override void ClearItems()
    {
        lock (_lock)
        {
            base.ClearItems();
        }
    }
}
