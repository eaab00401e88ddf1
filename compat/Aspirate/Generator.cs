using Aspirate.Manifest;
using Aspirate.Output;

namespace Aspirate;

/// <summary>Writes a folder a resource, and the kustomization over them all.</summary>
internal static class Generator
{
    public static void Run(GenerateOptions options, TextWriter log)
    {
        var resources = ManifestFile.Read(options.ManifestPath);
        var expressions = new ManifestExpressions(resources, options.Parameters);
        var templates = new TemplateFolder(options.TemplatePath);
        var written = new List<string>();

        foreach (var resource in resources)
        {
            if (resource.IsProject || (resource.IsContainer && !resource.IsBuildOnly))
            {
                Write(resource, options, expressions, templates);
                written.Add(resource.Name);
                log.WriteLine($"Generated {options.OutputPath}/{resource.Name}");
            }
            else if (!resource.IsParameter && !resource.IsValue)
            {
                log.WriteLine($"Skipped {resource.Name}: {resource.Type} is not for Kubernetes");
            }
        }

        if (options.Namespace is not null)
        {
            templates.Render("namespace", new TemplateModel { Namespace = options.Namespace }, options.OutputPath);
            written.Add("namespace.yaml");
        }

        templates.Render(
            "kustomization",
            new TemplateModel { Namespace = options.Namespace, Manifests = written },
            options.OutputPath
        );
        log.WriteLine($"Generated {options.OutputPath}/kustomization.yaml");
    }

    private static void Write(
        ManifestResource resource,
        GenerateOptions options,
        ManifestExpressions expressions,
        TemplateFolder templates
    )
    {
        var folder = Path.Combine(options.OutputPath, resource.Name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var workload = resource.Volumes.Count > 0 ? "statefulset" : "deployment";
        var model = new TemplateModel
        {
            Name = resource.Name.ToLowerInvariant(),
            Env = EnvironmentOf(resource, expressions),
            Args = [.. resource.Args.Select(expressions.Resolve)],
            Entrypoint = resource.Entrypoint,
            Volumes =
            [
                .. resource.Volumes.Select(volume => new TemplateVolume(
                    KubernetesName(volume["name"]!.ToString()),
                    volume["target"]!.ToString(),
                    volume["readOnly"]?.GetValue<bool>() ?? false
                )),
            ],
            BindMounts =
            [
                .. resource.BindMounts.Select(mount => new TemplateBindMount(
                    mount["source"]!.ToString(),
                    mount["target"]!.ToString(),
                    mount["readOnly"]?.GetValue<bool>() ?? false
                )),
            ],
            Ports =
            [
                .. resource.Bindings.Select(binding => new TemplatePort(
                    binding.Key,
                    binding.Value.TargetPort,
                    binding.Value.Port
                )),
            ],
            Manifests = [$"{workload}.yaml", "service.yaml"],
            SecretsDisabled = true,
            IsProject = resource.IsProject,
            ContainerImage = (resource.Image ?? options.ImageOf(resource.Name)).ToLowerInvariant(),
            ImagePullPolicy = options.ImagePullPolicy,
        };

        templates.Render(workload, model, folder);
        templates.Render("service", model, folder);
        templates.Render("kustomization", model, folder);
    }

    /// <summary>What has no value is left out, such as the address of an https endpoint.</summary>
    private static Dictionary<string, string> EnvironmentOf(
        ManifestResource resource,
        ManifestExpressions expressions
    ) =>
        resource
            .Env.Select(variable => KeyValuePair.Create(variable.Key, expressions.Resolve(variable.Value)))
            .Where(variable => variable.Value.Length > 0)
            .ToDictionary();

    private static string KubernetesName(string volume) =>
        volume.Replace('/', '-').Replace('.', '-').ToLowerInvariant();
}
