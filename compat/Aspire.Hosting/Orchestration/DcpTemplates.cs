using System.Text.RegularExpressions;

namespace Aspire.Hosting.Orchestration;

/// <summary>The placeholders that DCP fills in where a process starts.</summary>
internal static partial class DcpTemplates
{
    /// <summary>The port that this very process must listen on for the service.</summary>
    public static string PortForServing(string service) => $$$"""{{- portForServing "{{{service}}}" -}}""";

    /// <summary>
    /// Makes DCP pass on the double braces that belong to the user; only the forms above, and those that read an
    /// annotation, are placeholders.
    /// </summary>
    public static string EscapeForeign(string value) =>
        value.Contains("{{", StringComparison.Ordinal) ? ForeignBraces().Replace(value, """{{"{{"}}""") : value;

    [GeneratedRegex("""\{\{(?!- (portForServing "|index \.Annotations "))""")]
    private static partial Regex ForeignBraces();
}
