using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.MySql;

internal sealed class MySqlCreationScriptAnnotation(string script) : IResourceAnnotation
{
    public string Script { get; } = script;
}
