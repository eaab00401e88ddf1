namespace MsaShop.PaymentService.Payments;

/// <summary>One row of a state machine.</summary>
/// <param name="From">Empty where there is nothing yet.</param>
/// <param name="To">Null if the status stays.</param>
/// <param name="Effects">What else changes, and which messages that causes.</param>
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
    /// <summary>Why the command is refused in this row; null where it is not.</summary>
    public PaymentRefusal? Refusal { get; init; }
}

/// <summary>A condition of a transition, in the docs' words.</summary>
/// <param name="Refusal">Why the command is refused otherwise; null where the next row is tried.</param>
internal sealed record Guard(string Words, PaymentRefusal? Refusal, Func<PaymentDraft, PaymentCommand, bool> Holds)
{
    public static Guard Of<T>(string words, PaymentRefusal? refusal, Func<PaymentDraft, T, bool> holds)
        where T : PaymentCommand => new(words, refusal, (draft, command) => holds(draft, (T)command));
}

/// <summary>What a transition changes besides the status, or causes, in the docs' words.</summary>
internal sealed record Effect(string Words, Action<PaymentDraft, PaymentCommand> Do)
{
    public static Effect Of<T>(string words, Action<PaymentDraft, T> change)
        where T : PaymentCommand => new(words, (draft, command) => change(draft, (T)command));
}

/// <param name="Table">The first row that fits is taken; where none does, nothing changes.</param>
/// <param name="Find">The status of what a command is about; null where there is nothing yet.</param>
/// <param name="Move">Changes the status, before the effects.</param>
internal sealed record StateMachine<TStatus>(
    IReadOnlyList<Transition<TStatus>> Table,
    Func<PaymentDraft, PaymentCommand, TStatus?> Find,
    Action<PaymentDraft, PaymentCommand, TStatus> Move
)
    where TStatus : struct, Enum
{
    /// <summary>Decides, and makes the change in the draft.</summary>
    /// <returns>Null where it is not refused.</returns>
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

    public static Transition<TStatus> On<T>(
        string name,
        IReadOnlyList<TStatus> from,
        IReadOnlyList<Guard> guards,
        TStatus? to,
        params Effect[] effects
    )
        where T : PaymentCommand => new(name, command => command is T, from, guards, to, effects);

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
