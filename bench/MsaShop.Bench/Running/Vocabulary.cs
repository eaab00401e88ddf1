using System.Text;

namespace MsaShop.Bench.Running;

/// <summary>
/// Pseudo-Korean words with a realistic, uneven frequency: few are in every other text, most in hardly any. The same in
/// every run.
/// </summary>
public static class Vocabulary
{
    private const int Size = 3000;
    private const int Syllables = 350;
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;

    // How much the first words fall short of being in every text; and the number of syllables of 20 typical words.
    private const double Flatness = 2;
    private static readonly int[] s_lengths = [1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5];

    /// <summary>The words, most frequent first.</summary>
    public static IReadOnlyList<string> Words { get; } = MakeWords();

    // The cumulative share of each word.
    private static readonly double[] s_shares = MakeShares();

    /// <summary>A text of exactly so many characters.</summary>
    public static string Text(Random random, int length)
    {
        var text = new StringBuilder(length + 8);
        while (text.Length < length)
        {
            var index = Array.BinarySearch(s_shares, random.NextDouble());
            text.Append(Words[index < 0 ? ~index : index]).Append(' ');
        }

        // No space at the end, because some would trim it.
        text.Length = length;
        return text[^1] == ' ' ? text.ToString(0, length - 1) + "." : text.ToString();
    }

    private static List<string> MakeWords()
    {
        var random = new Random(20261123);
        var syllables = new char[Syllables];
        for (var index = 0; index < Syllables; index++)
        {
            syllables[index] = (char)random.Next(FirstSyllable, LastSyllable + 1);
        }

        var words = new HashSet<string>();
        while (words.Count < Size)
        {
            var word = new char[s_lengths[random.Next(s_lengths.Length)]];
            for (var index = 0; index < word.Length; index++)
            {
                // The square makes few syllables frequent and most rare.
                word[index] = syllables[(int)(Math.Pow(random.NextDouble(), 2) * Syllables)];
            }

            words.Add(new string(word));
        }

        return [.. words];
    }

    private static double[] MakeShares()
    {
        var shares = new double[Size];
        var sum = 0.0;
        for (var rank = 0; rank < Size; rank++)
        {
            shares[rank] = sum += 1 / (rank + Flatness);
        }

        return [.. shares.Select(share => share / sum)];
    }
}
