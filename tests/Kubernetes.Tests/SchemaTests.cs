using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MsaShop.Kubernetes.Tests;

/// <summary>Every object fits Kubernetes' own OpenAPI schemas: types, required fields, formats, fixed lists of words.</summary>
public sealed class SchemaTests
{
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Every_object_fits_its_schema(string choice) => Assert.Empty(Check(Cluster.Of(choice).Json));

    [Theory]
    [InlineData("imagePullPolicy: IfNotPresent", "imagePullPolicy: Sometimes", "imagePullPolicy must be equal to one")]
    [InlineData("pathType: Prefix", "pathType: prefix", "pathType must be equal to one")]
    [InlineData("protocol: TCP", "protocol: tcp", "protocol must be equal to one")]
    [InlineData("cpu: 100m", "cpu: 100milli", "cpu must match format")]
    [InlineData("value: \"8081\"", "value: 8081", "value must be string")]
    [InlineData("app: user-svc", "app: 12", "app must be string")]
    [InlineData("replicas: 2", "replicas: two", "replicas must be integer")]
    [InlineData("topologyKey: kubernetes.io/hostname", "", "must have required property topologyKey")]
    public void The_schemas_find_what_does_not_fit(string right, string wrong, string message)
    {
        var yaml = Cluster.OnPrem.Yaml;
        Assert.Contains(right, yaml, StringComparison.Ordinal);

        Assert.Contains(
            message,
            Check(Cluster.Parse(yaml.Replace(right, wrong, StringComparison.Ordinal))),
            StringComparison.Ordinal
        );
    }

    /// <summary>The lists of words that the schemas know only as descriptions.</summary>
    [Theory, MemberData(nameof(Cluster.Choices), MemberType = typeof(Cluster))]
    public void Words_that_the_schemas_leave_open_are_right_too(string choice)
    {
        var yaml = Cluster.Of(choice).Yaml;

        Assert.All(
            Regex.Matches(yaml, @"\bwhen(?:Deleted|Scaled): *(.*)").Select(match => match.Groups[1].Value),
            word => Assert.Contains(word, (string[])["Retain", "Delete"])
        );
        Assert.All(
            Regex.Matches(yaml, @"\boperator: *(.*)").Select(match => match.Groups[1].Value),
            word => Assert.Contains(word, (string[])["In", "NotIn", "Exists", "DoesNotExist"])
        );
    }

    private static string Check(IEnumerable<JsonNode> objects)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new JsonArray([.. objects.Select(item => item.DeepClone())]).ToJsonString());
            return Repository.Run("node", [Repository.PathOf("tests/Kubernetes.Tests/schemas/check.mjs"), file]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
