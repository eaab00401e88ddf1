using System.Text;

namespace Aspire.Hosting;

/// <summary>Takes a command line apart, as launch settings write it.</summary>
internal static class CommandLine
{
    public static string[] Split(string commandLine)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var quoted = false;
        var started = false;
        for (var index = 0; index < commandLine.Length; index++)
        {
            var c = commandLine[index];
            if (c == '\\' && index + 1 < commandLine.Length && commandLine[index + 1] == '"')
            {
                current.Append('"');
                index++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
                started = true;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                Finish();
            }
            else
            {
                current.Append(c);
            }
        }

        Finish();
        return [.. arguments];

        void Finish()
        {
            if (started || current.Length > 0)
            {
                arguments.Add(current.ToString());
                current.Clear();
                started = false;
            }
        }
    }
}
