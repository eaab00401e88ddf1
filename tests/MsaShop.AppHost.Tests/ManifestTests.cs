using System.Text.Json.Nodes;

namespace MsaShop.AppHost.Tests;

/// <summary>What the AppHost publishes for the cluster.</summary>
public sealed class ManifestTests(ManifestTests.Published published) : IClassFixture<ManifestTests.Published>
{
    [Fact]
    public void Nothing_of_a_developers_machine_is_in_it() =>
        Assert.Equal(
            """
            frontend-svc container.v1
            gateway-svc project.v0
            mysql-order container.v0
            mysql-product container.v0
            mysql-user container.v0
            order-svc project.v0
            payment-svc project.v0
            product-svc project.v0
            user-svc project.v0
            """,
            string.Join(
                '\n',
                published
                    .Resources.Select(resource => $"{resource.Key} {resource.Value!["type"]}")
                    .Where(line => line.Contains(" container.") || line.Contains(" project."))
                    .Order(StringComparer.Ordinal)
            )
        );

    [Theory]
    [InlineData("user-svc", 8081)]
    [InlineData("product-svc", 8082)]
    [InlineData("order-svc", 8083)]
    [InlineData("payment-svc", 8084)]
    [InlineData("gateway-svc", 9090)]
    public void A_service_has_one_endpoint_on_its_port(string service, int port)
    {
        var (name, endpoint) = Assert.Single(published.Resources[service]!["bindings"]!.AsObject());

        Assert.Equal("http", name);
        Assert.Equal("http", (string?)endpoint!["scheme"]);
        // One number stands for both where they are the same.
        Assert.Equal(port, (int)(endpoint["targetPort"] ?? endpoint["port"])!);
    }

    [Fact]
    public void Nobody_is_sent_to_an_address_that_nobody_serves() =>
        Assert.DoesNotContain("https", published.Text, StringComparison.Ordinal);

    [Fact]
    public void No_secret_has_a_value()
    {
        var parameters = published
            .Resources.Where(resource => (string?)resource.Value!["type"] == "parameter.v0")
            .Select(resource => (resource.Key, Input: resource.Value!["inputs"]!["value"]!))
            .ToArray();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.Null(parameter.Input["default"]?["value"]));
        Assert.Equal(
            [
                "toss-client-key",
                "token-public-key",
                "payment-svc-public-key",
                "order-svc-public-key",
                "gateway-svc-public-key",
            ],
            parameters
                .Where(parameter => parameter.Input["secret"] is null)
                .Select(parameter => parameter.Key)
                .OrderDescending()
        );
    }

    [Fact]
    public void No_folder_of_this_machine_is_in_it() =>
        Assert.DoesNotContain(Repository.PathOf(), published.Text, StringComparison.Ordinal);

    /// <summary>The manifest, made once, where <c>./shop k8s generate</c> has it made.</summary>
    public sealed class Published : IAsyncLifetime
    {
        private readonly string _folder = Repository.PathOf("MsaShop.AppHost", "bin", $"manifest-{Guid.NewGuid():N}");

        public string Text { get; private set; } = "";

        public JsonObject Resources { get; private set; } = [];

        public async Task InitializeAsync()
        {
            var file = Path.Combine(_folder, "aspire-manifest.json");
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
            using var appHost = new AppHostProcess(
                "--operation",
                "publish",
                "--publisher",
                "manifest",
                "--output-path",
                file
            );
            var printed = await appHost.ReadToEndAsync(limit.Token);
            Assert.True(File.Exists(file), printed);
            Text = await File.ReadAllTextAsync(file, limit.Token);
            Resources = JsonNode.Parse(Text)!["resources"]!.AsObject();
        }

        public Task DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
