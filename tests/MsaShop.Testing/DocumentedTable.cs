namespace MsaShop.Testing;

/// <summary>Tables of the code that stand in the docs as well.</summary>
public static class DocumentedTable
{
    /// <summary>Asserts that a page shows the table between two marks; or writes it there, when the API's documents are written.</summary>
    /// <param name="page">The page in <c>docs</c>.</param>
    /// <param name="begin">The line before the table.</param>
    /// <param name="end">The line after it.</param>
    /// <param name="lines">The table's lines, in Markdown.</param>
    public static void Assert(string page, string begin, string end, IEnumerable<string> lines)
    {
        var path = Repository.PathOf("docs", page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Xunit.Assert.True(from >= 0 && to > from, $"docs/{page} has no place for the table: {begin}");
        var documented = string.Concat(
            text.AsSpan(0, from + begin.Length),
            $"\n\n{string.Join('\n', lines)}\n\n",
            text.AsSpan(to)
        );
        if (ApiDocument.AreWritten)
        {
            File.WriteAllText(path, documented);
            return;
        }

        Xunit.Assert.True(documented == text, $"A table in docs/{page} is not the code's. Run ./shop api.");
    }
}
