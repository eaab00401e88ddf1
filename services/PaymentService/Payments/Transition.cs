namespace MsaShop.PaymentService.Payments;

/// <summary>A row of a state machine.</summary>
/// <param name="Name">What happens, in a word or two.</param>
/// <param name="From">Empty if there is nothing yet.</param>
/// <param name="To">Null if the status stays.</param>
/// <param name="Effects">Further changes, and messages.</param>
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
    /// <summary>Why this row refuses the command; null if it does not.</summary>
    public PaymentRefusal? Refusal { get; init; }
}

/// <summary>A precondition of a transition.</summary>
/// <param name="Words">As the docs print it.</param>
/// <param name="Refusal">Why the command is refused if it does not hold; null to try the next row.</param>
internal sealed record Guard(string Words, PaymentRefusal? Refusal, Func<PaymentDraft, PaymentCommand, bool> Holds)
{
    /// <summary>Creates a guard for one kind of command.</summary>
    public static Guard Of<T>(string words, PaymentRefusal? refusal, Func<PaymentDraft, T, bool> holds)
        where T : PaymentCommand => new(words, refusal, (draft, command) => holds(draft, (T)command));
}

/// <summary>A further change or a message of a transition.</summary>
/// <param name="Words">As the docs print it.</param>
internal sealed record Effect(string Words, Action<PaymentDraft, PaymentCommand> Do)
{
    /// <summary>Creates an effect for one kind of command.</summary>
    public static Effect Of<T>(string words, Action<PaymentDraft, T> change)
        where T : PaymentCommand => new(words, (draft, command) => change(draft, (T)command));
}

/// <summary>A state machine.</summary>
/// <param name="Table">The first matching row wins; without one, nothing changes.</param>
/// <param name="Find">The current status; null if there is nothing yet.</param>
/// <param name="Move">Changes the status, before the effects.</param>
internal sealed record StateMachine<TStatus>(
    IReadOnlyList<Transition<TStatus>> Table,
    Func<PaymentDraft, PaymentCommand, TStatus?> Find,
    Action<PaymentDraft, PaymentCommand, TStatus> Move
)
    where TStatus : struct, Enum
{
    /// <summary>Decides, and changes the draft.</summary>
    /// <returns>The refusal; null if there is none.</returns>
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

    /// <summary>Creates a row for one kind of command.</summary>
    public static Transition<TStatus> On<T>(
        string name,
        IReadOnlyList<TStatus> from,
        IReadOnlyList<Guard> guards,
        TStatus? to,
        params Effect[] effects
    )
        where T : PaymentCommand => new(name, command => command is T, from, guards, to, effects);

    /// <summary>Creates a row that refuses one kind of command.</summary>
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
