namespace MsaShop.Explorer.Tests;

/// <summary>One thing that can happen next.</summary>
/// <param name="Story">What happens, in words.</param>
/// <param name="World">How things stand afterwards.</param>
internal readonly record struct Happening<TWorld>(string Story, TWorld World);

/// <summary>A small world: what can happen in it, and what must never happen.</summary>
/// <typeparam name="TWorld">How things stand; never changed once it is made.</typeparam>
internal interface IScenario<TWorld>
{
    /// <summary>How it begins.</summary>
    TWorld Start { get; }

    /// <summary>All that can happen next.</summary>
    IEnumerable<Happening<TWorld>> Next(TWorld world);

    /// <summary>What happens next when nothing goes wrong any more; null when nothing is left to do.</summary>
    Happening<TWorld>? Calm(TWorld world);

    /// <summary>The promise that is broken by how things stand; null if none is.</summary>
    string? FindBroken(TWorld world);

    /// <summary>The promise that is broken when nothing is left to do; null if none is.</summary>
    string? FindUnsettled(TWorld world);

    /// <summary>Writes down all that decides what can happen next.</summary>
    void Write(TWorld world, BinaryWriter key);
}
