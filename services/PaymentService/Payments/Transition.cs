namespace MsaShop.PaymentService.Payments;

/// <summary>One row of a state machine: what happens to a payment, an attempt or a refund in some statuses.</summary>
/// <typeparam name="TStatus">The statuses.</typeparam>
/// <param name="Name">What happens, in a word or two.</param>
/// <param name="IsFor">Which commands it is for.</param>
/// <param name="From">In which statuses; none where there is nothing yet.</param>
/// <param name="Guards">What has to be so.</param>
/// <param name="To">The status that it moves to; null if it stays where it is.</param>
/// <param name="Effects">What else changes, and which messages it causes.</param>
internal sealed record Transition<TStatus>(
    string Name,
    Func<PaymentCommand, bool> IsFor,
    IReadOnlyList<TStatus> From,
    IReadOnlyList<Guard> Guards,
    TStatus? To,
    IReadOnlyList<Effect> Effects
)
    where TStatus : struct, Enum
{
    /// <summary>Why the command is refused here; null where it is not.</summary>
    public PaymentRefusal? Refusal { get; init; }
}

/// <summary>What has to be so for a transition.</summary>
/// <param name="Words">The guard, in the words of the docs.</param>
/// <param name="Refusal">Why the command is refused otherwise; null where the next row is tried.</param>
/// <param name="Holds">Whether it is so.</param>
internal sealed record Guard(string Words, PaymentRefusal? Refusal, Func<PaymentDraft, PaymentCommand, bool> Holds)
{
    /// <summary>A guard of one kind of command.</summary>
    public static Guard Of<T>(string words, PaymentRefusal? refusal, Func<PaymentDraft, T, bool> holds)
        where T : PaymentCommand => new(words, refusal, (draft, command) => holds(draft, (T)command));
}

/// <summary>What a transition changes, the status aside, or causes.</summary>
/// <param name="Words">The effect, in the words of the docs.</param>
/// <param name="Do">Makes the change.</param>
internal sealed record Effect(string Words, Action<PaymentDraft, PaymentCommand> Do)
{
    /// <summary>An effect of one kind of command.</summary>
    public static Effect Of<T>(string words, Action<PaymentDraft, T> change)
        where T : PaymentCommand => new(words, (draft, command) => change(draft, (T)command));
}

/// <summary>A state machine.</summary>
/// <param name="Table">Its rows. The first that fits is taken; where none does, nothing changes.</param>
/// <param name="Find">The status of what a command is about; null where there is nothing yet.</param>
/// <param name="Move">Moves it to another status, before the effects.</param>
internal sealed record StateMachine<TStatus>(
    IReadOnlyList<Transition<TStatus>> Table,
    Func<PaymentDraft, PaymentCommand, TStatus?> Find,
    Action<PaymentDraft, PaymentCommand, TStatus> Move
)
    where TStatus : struct, Enum
{
    /// <summary>Decides, and makes the change in the draft.</summary>
    /// <returns>Why it is refused; null where it is not.</returns>
    public PaymentRefusal? Decide(PaymentDraft draft, PaymentCommand command)
    {
        var from = Find(draft, command);
        foreach (var row in Table.Where(row => row.IsFor(command) && IsIn(row, from)))
        {
            if (row.Guards.FirstOrDefault(guard => !guard.Holds(draft, command)) is { } broken)
            {
                if (broken.Refusal is { } refusal)
                {
                    return refusal;
                }

                continue;
            }

            if (row.Refusal is not null)
            {
                return row.Refusal;
            }

            if (row.To is { } to)
            {
                Move(draft, command, to);
            }

            foreach (var effect in row.Effects)
            {
                effect.Do(draft, command);
            }

            return null;
        }

        return null;
    }

    /// <summary>A row for one kind of command.</summary>
    public static Transition<TStatus> On<T>(
        string name,
        IReadOnlyList<TStatus> from,
        IReadOnlyList<Guard> guards,
        TStatus? to,
        params Effect[] effects
    )
        where T : PaymentCommand => new(name, command => command is T, from, guards, to, effects);

    /// <summary>A row in which one kind of command is refused.</summary>
    public static Transition<TStatus> Refuse<T>(
        string name,
        IReadOnlyList<TStatus> from,
        IReadOnlyList<Guard> guards,
        PaymentRefusal refusal
    )
        where T : PaymentCommand => On<T>(name, from, guards, to: null) with { Refusal = refusal };

    private static bool IsIn(Transition<TStatus> row, TStatus? from) =>
        from is { } status ? row.From.Contains(status) : row.From.Count == 0;
}
