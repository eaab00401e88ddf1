namespace MsaShop.Bench.Simulating;

/// <summary>A discrete-event simulation. Simultaneous events run in the order of their scheduling.</summary>
internal sealed class Simulation
{
    private readonly PriorityQueue<Action, (double At, long Number)> _events = new();
    private long _asked;

    /// <summary>The simulated time, in milliseconds.</summary>
    public double Now { get; private set; }

    /// <summary>Schedules an action after so many milliseconds.</summary>
    public void After(double wait, Action action) => _events.Enqueue(action, (Now + wait, _asked++));

    /// <summary>Runs until no events are left.</summary>
    public void Run()
    {
        while (_events.TryDequeue(out var action, out var when))
        {
            Now = when.At;
            action();
        }
    }
}

/// <summary>A first-come, first-served resource with limited capacity: cores, connections, a row lock.</summary>
internal sealed class Station(Simulation simulation, int servers)
{
    private readonly Queue<Action> _waiting = new();
    private int _free = servers;

    /// <summary>Enters as soon as there is capacity, and occupies it until <see cref="Leave"/>.</summary>
    public void Enter(Action entered)
    {
        if (_free == 0)
        {
            _waiting.Enqueue(entered);
            return;
        }

        _free--;
        entered();
    }

    public void Leave()
    {
        if (_waiting.TryDequeue(out var next))
        {
            next();
            return;
        }

        _free++;
    }

    /// <summary>Waits for capacity, occupies it for so many milliseconds, then continues.</summary>
    public void Serve(double duration, Action served) =>
        Enter(() =>
            simulation.After(
                duration,
                () =>
                {
                    Leave();
                    served();
                }
            )
        );
}
