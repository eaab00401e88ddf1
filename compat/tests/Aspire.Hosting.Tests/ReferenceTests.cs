using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests;

public class ReferenceTests
{
    [Fact]
    public async Task An_expression_has_a_value_and_a_placeholder()
    {
        var builder = TestModel.Run();
        var password = builder.AddParameter("pass-word", "p@ss", secret: true);

        var expression = ReferenceExpression.Create($"{{x}}={password};uri={password.Resource:uri}");

        Assert.Equal("{x}=p@ss;uri=p%40ss", await expression.GetValueAsync(CancellationToken.None));
        Assert.Equal("{x}={pass-word.value};uri={pass-word.value}", expression.ValueExpression);
    }

    [Fact]
    public async Task The_address_of_an_endpoint_is_waited_for()
    {
        var builder = TestModel.Run();
        var endpoint = builder
            .AddContainer("db", "mysql")
            .WithEndpoint(targetPort: 3306, name: "tcp")
            .GetEndpoint("tcp");

        var url = endpoint.GetValueAsync().AsTask();
        Assert.False(url.IsCompleted);
        endpoint.Allocate(4711);

        Assert.Equal("tcp://localhost:4711", await url);
        Assert.Equal("127.0.0.1", await endpoint.Property(EndpointProperty.IPV4Host).GetValueAsync());
        Assert.Equal("3306", await endpoint.Property(EndpointProperty.TargetPort).GetValueAsync());
        Assert.Equal(
            "{db.bindings.tcp.host}:{db.bindings.tcp.port}",
            endpoint.Property(EndpointProperty.HostAndPort).ValueExpression
        );
    }

    [Fact]
    public async Task A_reference_brings_both_kinds_of_variables()
    {
        var builder = TestModel.Run();
        var api = builder.AddProject("order-svc", "none.csproj").WithHttpEndpoint().WithHttpEndpoint(name: "admin");
        var consumer = builder.AddContainer("consumer", "image").WithReference(api);
        foreach (var (name, port) in new[] { ("http", 8083), ("admin", 8093) })
        {
            var annotation = api.GetEndpoint(name).EndpointAnnotation;
            annotation.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
                KnownNetworkIdentifiers.DefaultAspireContainerNetwork,
                new AllocatedEndpoint(annotation, "host", port)
            );
        }

        var environment = await builder.GetEnvironmentAsync(consumer.Resource);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ORDER_SVC_HTTP"] = "http://host:8083",
                ["services__order-svc__http__0"] = "http://host:8083",
                ["ORDER_SVC_ADMIN"] = "http://host:8093",
                ["services__order-svc__admin__0"] = "http://host:8093",
            },
            environment
        );
    }

    [Fact]
    public async Task A_project_listens_where_its_endpoints_say()
    {
        var builder = TestModel.Run();
        var api = builder.AddProject("api", "none.csproj").WithHttpEndpoint();
        api.GetEndpoint("http").Allocate(8081);

        var environment = await builder.GetEnvironmentAsync(api.Resource);

        Assert.Equal("http://localhost:target of http", environment["ASPNETCORE_URLS"]);
        Assert.False(environment.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    [Fact]
    public async Task A_database_brings_its_connection_string_and_properties()
    {
        var builder = TestModel.Run();
        var password = builder.AddParameter("pw", "a b", secret: true);
        var server = builder.AddMySql("mysql", password);
        var consumer = builder.AddProject("api", "none.csproj").WithReference(server.AddDatabase("shop"));
        server.GetEndpoint("tcp").Allocate(3307);

        var environment = await builder.GetEnvironmentAsync(consumer.Resource);

        Assert.Equal(
            "Server=localhost;Port=3307;User ID=root;Password=a b;Database=shop",
            environment["ConnectionStrings__shop"]
        );
        Assert.Equal("mysql://root:a%20b@localhost:3307/shop", environment["SHOP_URI"]);
        Assert.Equal("shop", environment["SHOP_DATABASENAME"]);
    }

    [Fact]
    public async Task Vite_is_given_its_port()
    {
        var builder = TestModel.Run();
        var app = builder.AddViteApp("web", "nowhere");
        app.GetEndpoint("http").Allocate(3000);

        Assert.Equal(
            ["run", "dev", "--port", "target of http"],
            (await builder.GetArgumentsAsync(app.Resource)).Where(argument => argument != "--")
        );
        Assert.Equal("target of http", (await builder.GetEnvironmentAsync(app.Resource))["PORT"]);
    }

    [Fact]
    public void A_name_is_taken_once_whatever_its_case()
    {
        var builder = TestModel.Run();
        builder.AddContainer("db", "mysql");

        Assert.Throws<DistributedApplicationException>(() => builder.AddContainer("DB", "mysql"));
        Assert.Throws<ArgumentException>(() => builder.AddContainer("no_underscore", "mysql"));
    }
}
