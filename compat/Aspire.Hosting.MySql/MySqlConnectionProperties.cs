using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.MySql;

internal static class MySqlConnectionProperties
{
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> GetServerProperties(
        this MySqlServerResource server,
        ReferenceExpression uri,
        ReferenceExpression jdbc
    ) =>
        [
            new("Host", ReferenceExpression.Create($"{server.Host}")),
            new("Port", ReferenceExpression.Create($"{server.Port}")),
            new("Username", ReferenceExpression.Create($"{MySqlServerResource.UserName}")),
            new("Password", ReferenceExpression.Create($"{server.PasswordParameter}")),
            new("Uri", uri),
            new("JdbcConnectionString", jdbc),
        ];
}
