using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Random passwords without characters that look alike.</summary>
internal static class PasswordGenerator
{
    private const string Lower = "abcdefghjkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Numeric = "0123456789";
    private const string Special = "-_.{}~()*+!";

    public static string Generate(GenerateParameterDefault rules)
    {
        (string Characters, bool Allowed, int Minimum)[] classes =
        [
            (Lower, rules.Lower, rules.MinLower),
            (Upper, rules.Upper, rules.MinUpper),
            (Numeric, rules.Numeric, rules.MinNumeric),
            (Special, rules.Special, rules.MinSpecial),
        ];
        var allowed = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        if (allowed.Length == 0)
        {
            throw new ArgumentException("A generated value needs at least one class of characters.");
        }

        // Without minimums the first character of each class is still drawn, so that every class occurs.
        var required = classes.Where(c => c.Allowed).ToArray();
        var password = required.SelectMany(c => RandomNumberGenerator.GetItems<char>(c.Characters, c.Minimum)).ToList();
        var rest = Math.Max(rules.MinLength, 1) - password.Count;
        if (rest > 0)
        {
            password.AddRange(RandomNumberGenerator.GetItems<char>(allowed, rest));
        }

        var result = password.ToArray();
        RandomNumberGenerator.Shuffle<char>(result);
        return new string(result);
    }
}
