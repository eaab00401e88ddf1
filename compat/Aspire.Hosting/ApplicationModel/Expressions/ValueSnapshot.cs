namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that becomes known later.</summary>
public sealed class ValueSnapshot<T>
    where T : notnull
{
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Task<T>? _latest;

    public bool IsValueSet => _first.Task.IsCompletedSuccessfully;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) =>
        _latest ?? _first.Task.WaitAsync(cancellationToken);

    public void SetValue(T value)
    {
        _latest = Task.FromResult(value);
        _first.TrySetResult(value);
    }

    public void SetException(Exception exception) => _first.TrySetException(exception);
}
