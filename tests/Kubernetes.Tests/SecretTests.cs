using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>Secrets are made strong, fit together, and are in no file of the repository.</summary>
public sealed partial class SecretTests
{
    [Fact]
    public void A_database_users_password_is_the_same_on_both_sides()
    {
        foreach (
            var (server, database) in (ValueTuple<string, string>[])
                [
                    ("mysql-user", "userdb"),
                    ("mysql-order", "orderdb"),
                    ("mysql-order", "paymentdb"),
                    ("mysql-product", "productdb"),
                ]
        )
        {
            var password = ShopSecrets.ValueOf("database", $"{server}-users", database);
            Assert.Equal(32, password.Length);
            Assert.Equal(password, ShopSecrets.ValueOf("msa-shop", $"{database}-password", "value"));
        }
    }

    [Theory]
    [InlineData("token")]
    [InlineData("gateway-svc")]
    [InlineData("order-svc")]
    [InlineData("payment-svc")]
    public void The_token_keys_are_a_pair(string owner)
    {
        using var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(
            Convert.FromBase64String(ShopSecrets.ValueOf("msa-shop", $"{owner}-signing-key", "value")),
            out _
        );

        Assert.Equal(
            ShopSecrets.ValueOf("msa-shop", $"{owner}-public-key", "value"),
            Convert.ToBase64String(signing.ExportSubjectPublicKeyInfo())
        );
    }

    /// <summary>So that one leaked key is one service's.</summary>
    [Fact]
    public void A_signing_key_is_with_its_owner_alone_and_is_nobody_elses()
    {
        var users = Cluster
            .OnPrem.Workloads.SelectMany(
                workload => workload.Containers.SelectMany(container => container.Env ?? []),
                (workload, variable) =>
                    (
                        Service: workload.Template.Metadata.Labels["app"],
                        Secret: variable.ValueFrom?.SecretKeyRef?.Name ?? ""
                    )
            )
            .Where(use => use.Secret.EndsWith("-signing-key", StringComparison.Ordinal))
            .Distinct()
            .Order();

        Assert.Equal(
            [
                ("gateway-svc", "gateway-svc-signing-key"),
                ("order-svc", "order-svc-signing-key"),
                ("payment-svc", "payment-svc-signing-key"),
                ("user-svc", "token-signing-key"),
            ],
            users
        );
        Assert.Equal(4, users.Select(use => ShopSecrets.ValueOf("msa-shop", use.Secret, "value")).Distinct().Count());
    }

    [Fact]
    public void Every_service_has_the_first_releases_key_while_that_is_updated_and_none_has_it_otherwise()
    {
        Assert.Equal(
            ["gateway-svc", "order-svc", "payment-svc", "product-svc", "user-svc"],
            WhoHasIt(Cluster.Of("from-first-release"))
        );
        Assert.Empty(WhoHasIt(Cluster.OnPrem));

        static IEnumerable<string> WhoHasIt(Cluster cluster) =>
            cluster
                .All<V1Deployment>()
                .Where(service =>
                    service.Spec.Template.Spec.Containers.Any(container =>
                        container.Env.Any(variable =>
                            variable.Name == "ServiceTokens__SharedKey"
                            && variable.ValueFrom.SecretKeyRef.Name == "service-token-key"
                        )
                    )
                )
                .Select(service => service.Metadata.Name)
                .Order();
    }

    [Fact]
    public void No_two_passwords_are_alike()
    {
        var passwords = ShopSecrets
            .All.Where(secret => secret["metadata"]!["namespace"]!.ToString() == "database")
            .SelectMany(secret => secret["stringData"]!.AsObject().Select(pair => pair.Value!.ToString()));

        Assert.Equal(passwords.Distinct(), passwords);
    }

    [Fact]
    public void What_the_cluster_has_stays_and_only_what_it_lacks_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("kubectl").FullName;
        try
        {
            // A cluster that has lost one Secret: its value must come from the other side, not from chance.
            foreach (var @namespace in (string[])["msa-shop", "database"])
            {
                var present = ShopSecrets
                    .All.Where(secret => secret["metadata"]!["namespace"]!.ToString() == @namespace)
                    .Where(secret => secret["metadata"]!["name"]!.ToString() != "orderdb-password")
                    .Select(InCluster);
                File.WriteAllText(
                    Path.Combine(folder, @namespace),
                    new JsonObject { ["items"] = new JsonArray([.. present]) }.ToJsonString()
                );
            }

            var kubectl = Path.Combine(folder, "kubectl");
            File.WriteAllText(
                kubectl,
                $"""
                #!/bin/sh
                case "$1 $2" in
                  "get secrets") cat "{folder}/$4" ;;
                  "apply --server-side") cat >"{folder}/applied" ;;
                esac

                """
            );
            Repository.Run("chmod", ["+x", kubectl]);

            Repository.Run(
                Repository.PathOf("shop"),
                ["k8s", "secrets"],
                ("PATH", $"{folder}:{Environment.GetEnvironmentVariable("PATH")}")
            );

            var applied = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "applied")))!["items"]!
                .AsArray()
                .Single()!;
            Assert.Equal("orderdb-password", applied["metadata"]!["name"]!.ToString());
            Assert.Equal(
                ShopSecrets.ValueOf("database", "mysql-order-users", "orderdb"),
                applied["stringData"]!["value"]!.ToString()
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static JsonNode InCluster(JsonNode secret) =>
            new JsonObject
            {
                ["metadata"] = secret["metadata"]!.DeepClone(),
                ["data"] = new JsonObject(
                    secret["stringData"]!
                        .AsObject()
                        .Select(pair =>
                            KeyValuePair.Create<string, JsonNode?>(
                                pair.Key,
                                Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value!.ToString()))
                            )
                        )
                ),
            };
    }

    [Fact]
    public void What_is_committed_holds_no_secret()
    {
        var variables = Cluster
            .OnPrem.Workloads.SelectMany(workload => workload.Containers)
            .SelectMany(container => container.Env ?? [])
            .Where(variable => SecretName().IsMatch(variable.Name) && variable.Value is not null);
        Assert.All(variables, variable => Assert.Matches(@"^\$\(\w+\)$", variable.Value));

        Assert.Empty(Cluster.OnPrem.All<V1Secret>());
        var files = Directory.EnumerateFiles(Repository.PathOf("aspirate-output"), "*", SearchOption.AllDirectories);
        Assert.All(
            files,
            file =>
            {
                var text = File.ReadAllText(file);
                Assert.DoesNotMatch(@"kind:\s*Secret\b(?!\w)", text);
                Assert.DoesNotMatch("PRIVATE KEY|MIGHAgEA|(live|test)_g?[sc]k_", text);
                Assert.DoesNotMatch(@"(?i)password=(?!\$\(|"")\w", text);
            }
        );
    }

    [GeneratedRegex("(?i)password|signingkey|secretkey|servicetokens")]
    private static partial Regex SecretName();
}
