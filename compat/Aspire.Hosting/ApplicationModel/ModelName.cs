namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rules for the names of resources and endpoints.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public static void Validate(string target, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var problem = name switch
        {
            { Length: > MaxLength } => $"must be at most {MaxLength} characters long",
            _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') =>
                "must hold only ASCII letters, digits and hyphens",
            _ when !char.IsAsciiLetter(name[0]) => "must start with an ASCII letter",
            _ when name[^1] == '-' => "must not end with a hyphen",
            _ when name.Contains("--", StringComparison.Ordinal) => "must not hold two hyphens in a row",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid: it {problem}.", nameof(name));
        }
    }
}
