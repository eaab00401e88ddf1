using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;

namespace MsaShop.Kubernetes.Tests;

/// <summary>The images are what the pods expect, as far as that shows without an engine to run them.</summary>
public sealed partial class ImageTests
{
    private static readonly string s_dockerfile = File.ReadAllText(Repository.PathOf("frontend", "Dockerfile"));

    [Theory]
    [InlineData("gateway-svc", "Gateway")]
    [InlineData("user-svc", "UserService")]
    [InlineData("product-svc", "ProductService")]
    [InlineData("order-svc", "OrderService")]
    [InlineData("payment-svc", "PaymentService")]
    public void A_services_image_has_the_pods_user_time_zones_and_compiled_code(string name, string project)
    {
        var properties = JsonNode.Parse(
            Repository.Run(
                "dotnet",
                [
                    "msbuild",
                    $"services/{project}",
                    "-p:RuntimeIdentifier=linux-x64",
                    "-getProperty:ContainerUser,ContainerFamily,PublishReadyToRun",
                ]
            )
        )!["Properties"]!;

        Assert.Equal($"{PodOf(name).SecurityContext.RunAsUser}", properties["ContainerUser"]!.ToString());
        Assert.EndsWith("-chiseled-extra", properties["ContainerFamily"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("true", properties["PublishReadyToRun"]!.ToString());
    }

    [Fact]
    public void The_storefronts_image_has_the_pods_user_and_port()
    {
        var pod = PodOf("frontend-svc");

        Assert.Equal([$"{pod.SecurityContext.RunAsUser}"], Instructions("USER"));
        Assert.Equal([$"{pod.Containers.Single().Ports.Single().ContainerPort}"], Instructions("EXPOSE"));
        // Kubernetes sends what the image says; SIGTERM would make nginx drop what it is serving.
        Assert.Equal(["SIGQUIT"], Instructions("STOPSIGNAL"));
    }

    [Fact]
    public void The_storefronts_image_is_built_on_pinned_images_by_their_full_names_or_on_a_mirrors()
    {
        var bases = Instructions("ARG")
            .Where(value => value.Contains("_IMAGE=", StringComparison.Ordinal))
            .Select(value => value.Split('='))
            .ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.Equal(["NGINX_IMAGE", "NODE_IMAGE"], bases.Keys.Order());
        Assert.All(
            bases.Values,
            image => Assert.Matches(@"^docker\.io/[a-z-]+/[a-z-]+:[0-9]+\.[0-9]+\.[0-9]+-", image)
        );
        Assert.Equal(["${NODE_IMAGE} AS build", "${NGINX_IMAGE}"], Instructions("FROM"));
        // Only BuildKit knows flags other than --from.
        Assert.DoesNotContain(Instructions("COPY"), value => value.Contains("--ch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--registry R --tag T", "--registry", "registry.example.com/shop")]
    [InlineData("--registry R --tag T", "--tag", "1.0.0")]
    [InlineData("latest", "--registry", "registry.example.com/shop", "--tag", "latest")]
    [InlineData("--output", "--output", "folder")]
    public void Images_without_a_place_or_a_version_are_refused(string because, params string[] args)
    {
        using var machine = new BareMachine();

        var refusal = Assert.Throws<InvalidOperationException>(() => machine.Images(args));

        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
    }

    [Fact]
    public void Without_an_engine_the_services_are_pushed_and_what_is_missing_is_said()
    {
        using var machine = new BareMachine();

        var refusal = Assert.Throws<InvalidOperationException>(() =>
            machine.Images("--registry", "registry.example.com/shop", "--tag", "1.0.0")
        );

        Assert.Contains("needs Docker, Podman or Buildah", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(5, machine.Calls.Length);
        Assert.All(
            machine.Calls,
            call =>
            {
                Assert.Contains("-t:PublishContainer", call, StringComparison.Ordinal);
                Assert.Contains("-p:ContainerRegistry=registry.example.com ", call, StringComparison.Ordinal);
                Assert.Contains("-p:ContainerImageTag=1.0.0", call, StringComparison.Ordinal);
                Assert.DoesNotContain("ContainerBaseImage", call, StringComparison.Ordinal);
            }
        );
        Assert.Contains("-p:ContainerRepository=shop/order-svc ", machine.Calls[3], StringComparison.Ordinal);
    }

    [Fact]
    public void All_six_can_be_built_on_a_mirrors_images()
    {
        using var machine = new BareMachine("buildah");

        machine.Images(
            "--registry=lan:5000 --tag=1.0.0 --aspnet-image=m/a:1 --node-image=m/b:2 --nginx-image=m/c:3".Split(
                ' ',
                '='
            )
        );

        Assert.Equal(7, machine.Calls.Length);
        Assert.All(
            machine.Calls.Take(5),
            call => Assert.Contains("-p:ContainerBaseImage=m/a:1", call, StringComparison.Ordinal)
        );
        Assert.Matches("^buildah build .*NODE_IMAGE=m/b:2 --build-arg NGINX_IMAGE=m/c:3 frontend$", machine.Calls[5]);
        Assert.Equal("buildah push lan:5000/frontend-svc:1.0.0", machine.Calls[6]);
    }

    private static V1PodSpec PodOf(string name) => Cluster.OnPrem.Get<V1Deployment>(name).Spec.Template.Spec;

    private static List<string> Instructions(string name) =>
        [
            .. InstructionPattern()
                .Matches(s_dockerfile)
                .Where(match => match.Groups["name"].Value == name)
                .Select(match => match.Groups["value"].Value),
        ];

    [GeneratedRegex("^(?<name>[A-Z]+) (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex InstructionPattern();

    /// <summary>A machine with nothing but what <c>./shop k8s images</c> calls, which here only writes down its calls.</summary>
    private sealed class BareMachine : IDisposable
    {
        private static readonly string[] s_tools = ["bash", "cat", "dirname", "mktemp", "rm", "sed", "timeout"];

        private readonly string _folder = Directory.CreateTempSubdirectory("machine").FullName;

        public BareMachine(params string[] builders)
        {
            var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
            foreach (var tool in s_tools)
            {
                File.CreateSymbolicLink(
                    Path.Combine(_folder, tool),
                    path.Select(folder => Path.Combine(folder, tool)).First(File.Exists)
                );
            }

            Program("dotnet", "10.0.100");
            Program("node", "v22.0.0");
            Program("npm", "10.0.0", recorded: false);
            foreach (var builder in builders)
            {
                Program(builder, "1.0.0");
            }
        }

        private string Log => Path.Combine(_folder, "calls");

        public string[] Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

        public void Images(params string[] args) =>
            Repository.Run(Repository.PathOf("shop"), ["k8s", "images", .. args], ("PATH", _folder));

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private void Program(string name, string version, bool recorded = true)
        {
            var file = Path.Combine(_folder, name);
            File.WriteAllText(
                file,
                $"""
                #!/bin/sh
                [ "$1" = --version ] && echo {version} && exit
                {(recorded ? $"echo \"{name} $*\" >>'{Log}'" : "echo https://npm.example.com")}

                """
            );
            Repository.Run("chmod", ["+x", file]);
        }
    }
}
