using System.Security.Cryptography;

namespace MsaShop.Explorer.Tests;

/// <summary>A promise that was broken, and the shortest way there.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Story">What happened, step by step.</param>
internal sealed record BrokenPromise(string Promise, IReadOnlyList<string> Story)
{
    /// <summary>The story as one would tell it.</summary>
    public override string ToString() =>
        $"{Promise}\n{string.Join('\n', Story.Select((step, index) => $"{index + 1, 3}. {step}"))}";
}

/// <summary>The result of an exploration.</summary>
/// <param name="States">How many states it has seen.</param>
/// <param name="IsComplete">Whether these are all there are.</param>
/// <param name="Broken">The first promise that is broken; null if none is.</param>
internal sealed record Exploration(int States, bool IsComplete, BrokenPromise? Broken)
{
    /// <summary>How far it went, and how it came to what is broken.</summary>
    public override string ToString() =>
        $"{States:N0} states{(IsComplete ? ", which are all" : "")}{(Broken is null ? "" : $": {Broken}")}";
}

/// <summary>
/// Walks through every state that a scenario can come to, the nearest first: in each its promises hold, and from each all settles when
/// nothing goes wrong any more. The same state is looked at once, however many ways lead there.
/// </summary>
internal static class StateExplorer
{
    // Everything that has begun ends within so many steps, or never.
    private const int CalmSteps = 500;

    /// <summary>Explores.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="maxStates">After how many states to stop.</param>
    public static Exploration Explore<TWorld>(IScenario<TWorld> scenario, int maxStates)
    {
        var walk = new Walk<TWorld>(scenario);
        walk.TryAdd(scenario.Start, parent: -1, "");
        while (walk.TryTake(out var world, out var index))
        {
            if (walk.FindBroken(world, index) is { } broken)
            {
                return new Exploration(walk.Count, IsComplete: false, broken);
            }

            foreach (var (story, next) in scenario.Next(world))
            {
                walk.TryAdd(next, index, story);
            }

            if (walk.Count >= maxStates)
            {
                return new Exploration(walk.Count, IsComplete: false, Broken: null);
            }
        }

        return new Exploration(walk.Count, IsComplete: true, Broken: null);
    }

    private sealed class Walk<TWorld>(IScenario<TWorld> scenario)
    {
        private readonly HashSet<UInt128> _seen = [];
        private readonly HashSet<UInt128> _settles = [];
        private readonly List<(int Parent, string Story)> _ways = [];
        private readonly Queue<(TWorld World, int Index)> _ahead = new();

        public int Count => _ways.Count;

        public void TryAdd(TWorld world, int parent, string story)
        {
            if (_seen.Add(KeyOf(world)))
            {
                _ahead.Enqueue((world, _ways.Count));
                _ways.Add((parent, story));
            }
        }

        public bool TryTake(out TWorld world, out int index)
        {
            var isAny = _ahead.TryDequeue(out var next);
            (world, index) = next;
            return isAny;
        }

        public BrokenPromise? FindBroken(TWorld world, int index)
        {
            if (scenario.FindBroken(world) is { } promise)
            {
                return new BrokenPromise(promise, StoryTo(index));
            }

            var story = new List<string>();
            var calm = new List<UInt128>();
            var current = world;
            while (true)
            {
                var key = KeyOf(current);
                if (_settles.Contains(key))
                {
                    break;
                }

                calm.Add(key);
                if (scenario.Calm(current) is not { } next)
                {
                    if (scenario.FindUnsettled(current) is { } left)
                    {
                        return new BrokenPromise(left, [.. StoryTo(index), "From here nothing goes wrong.", .. story]);
                    }

                    break;
                }

                story.Add(next.Story);
                current = next.World;
                if (scenario.FindBroken(current) is { } later)
                {
                    return new BrokenPromise(later, [.. StoryTo(index), "From here nothing goes wrong.", .. story]);
                }

                if (story.Count > CalmSteps)
                {
                    return new BrokenPromise("It never settles.", [.. StoryTo(index), .. story.Take(40)]);
                }
            }

            _settles.UnionWith(calm);
            return null;
        }

        private List<string> StoryTo(int index)
        {
            var story = new List<string>();
            for (var at = index; _ways[at].Parent >= 0; at = _ways[at].Parent)
            {
                story.Add(_ways[at].Story);
            }

            story.Reverse();
            return story;
        }

        private UInt128 KeyOf(TWorld world)
        {
            using var key = new MemoryStream(256);
            using (var writer = new BinaryWriter(key))
            {
                scenario.Write(world, writer);
                writer.Flush();
                Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
                SHA256.HashData(key.GetBuffer().AsSpan(0, (int)key.Length), hash);
                return BitConverter.ToUInt128(hash[..16]);
            }
        }
    }
}
