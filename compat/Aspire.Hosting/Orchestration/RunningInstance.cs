using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>What DCP last said of an instance, and a way to wait for what it says next.</summary>
internal sealed class RunningInstance(ResourceInstance instance) : IDisposable
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    public ResourceInstance Instance { get; } = instance;

    /// <summary>Lets one start, stop or restart at a time through.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Null as long as DCP has no such object.</summary>
    public DcpRunStatus? Status { get; private set; }

    /// <summary>What it was started with.</summary>
    public ExecutionSettings? Settings { get; set; }

    public bool IsPresent => Status is not null;

    public bool IsRunning => Status?.State == "Running";

    public void Report(DcpRunStatus? status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            Status = status;
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    public async Task WaitUntilAsync(Func<RunningInstance, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(this))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => Gate.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
