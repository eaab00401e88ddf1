using Aspire.Hosting.MySql;
using MySqlConnector;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database on a MySQL server.</summary>
public class MySqlDatabaseResource(string name, string databaseName, MySqlServerResource parent)
    : Resource(name),
        IResourceWithParent<MySqlServerResource>,
        IResourceWithConnectionString
{
    public MySqlServerResource Parent { get; } = parent;

    public string DatabaseName { get; } = databaseName;

    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            // Quotes a name with special characters.
            var database = new MySqlConnectionStringBuilder { Database = DatabaseName }.ConnectionString;
            return ReferenceExpression.Create($"{Parent};{database}");
        }
    }

    public ReferenceExpression UriExpression =>
        ReferenceExpression.Create($"{Parent.UriExpression}/{DatabaseName:uri}");

    public ReferenceExpression JdbcConnectionString =>
        ReferenceExpression.Create($"{Parent.JdbcConnectionString}/{DatabaseName:uri}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            .. Parent.GetServerProperties(UriExpression, JdbcConnectionString),
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
        ];
}
