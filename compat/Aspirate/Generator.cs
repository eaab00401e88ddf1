using Aspirate.Manifest;
using Aspirate.Output;

namespace Aspirate;

/// <summary>Writes one folder per resource, and the kustomization of all.</summary>
internal static class Generator
{
    public static void Run(GenerateOptions options, TextWriter log)
    {
        var resources = ManifestFile.Read(options.ManifestPath, options.Parameters, log);
        var templates = new TemplateFolder(options.TemplatePath);
        var written = new List<string>();

        foreach (var resource in resources)
        {
            Write(resource, options, templates);
            written.Add(resource.Name);
            log.WriteLine($"Generated {options.OutputPath}/{resource.Name}");
        }

        var space = options.Namespace?.ToLowerInvariant();
        if (space is not null)
        {
            templates.Render("namespace", new TemplateModel { Namespace = space }, options.OutputPath);
            written.Add("namespace.yaml");
        }

        templates.Render(
            "kustomization",
            new TemplateModel { Namespace = space, Manifests = written },
            options.OutputPath
        );
        log.WriteLine($"Generated {options.OutputPath}/kustomization.yaml");
    }

    private static void Write(ManifestResource resource, GenerateOptions options, TemplateFolder templates)
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
            // Variables without a value are omitted, such as the address of an https endpoint.
            Env = resource
                .Env.Where(variable => !string.IsNullOrEmpty(variable.Value))
                .ToDictionary(variable => variable.Key, variable => ManifestExpressions.Unescape(variable.Value)),
            Annotations = resource.Annotations,
            Args = resource.Args,
            Entrypoint = resource.Entrypoint,
            Volumes = [.. resource.Volumes.Select(volume => volume with { Name = NameOf(volume, resource) })],
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
            IsProject = resource.IsProject ? true : null,
            ContainerImage = (resource.Image ?? options.ImageOf(resource.Name)).ToLowerInvariant(),
            ImagePullPolicy = options.ImagePullPolicy,
        };

        templates.Render(workload, model, folder);
        templates.Render("service", model, folder);
        templates.Render("kustomization", model, folder);
    }

    private static string NameOf(ManifestVolume volume, ManifestResource resource) =>
        (volume.Name ?? $"{resource.Name}-{volume.Target}")
            .Replace('/', '-')
            .Replace('.', '-')
            .Replace("--", "-")
            .ToLowerInvariant();
}
