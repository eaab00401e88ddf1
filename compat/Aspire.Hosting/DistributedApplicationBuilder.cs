using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.UserSecrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Declares the resources of an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _innerBuilder;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;
    private readonly BuilderInterceptor? _interceptor = BuilderInterceptor.Current.Value;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args }) { }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;

        var settings = new HostApplicationBuilderSettings
        {
            Args = options.Args,
            Configuration = new ConfigurationManager(),
        };
        _interceptor?.OnConstructing(options, settings);
        AppHostAssembly = options.Assembly;
        var projectPath = GetMetadata("apphostprojectpath");
        AppHostDirectory =
            options.ProjectDirectory ?? (Directory.Exists(projectPath) ? projectPath : Directory.GetCurrentDirectory());
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        settings.ContentRootPath ??= AppHostDirectory;

        _innerBuilder = new HostApplicationBuilder(settings);
        if (options.Args is { Length: > 0 } args)
        {
            // The host has read the command line, but does not know what some of its switches stand for.
            Configuration.AddCommandLine(args, s_switches);
        }

        AppHostPath = Path.Join(
            AppHostDirectory,
            GetMetadata("apphostprojectname") ?? _innerBuilder.Environment.ApplicationName
        );
        UserSecrets = UserSecretsStore.For(AppHostAssembly);

        _executionContextOptions = Configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            "publish" => Publish(),
            "run" => new(DistributedApplicationOperation.Run),
            null or "" => Configuration["Publishing:Publisher"] is { Length: > 0 }
                ? Publish()
                : new(DistributedApplicationOperation.Run),
            var other => throw new DistributedApplicationException(
                $"'{other}' is not a known operation; it is run or publish."
            ),
        };
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);

        AddConfigurationDefaults();
        AddServices();
        _interceptor?.OnConstructed(this);
    }

    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Publishing:OutputPath",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
    };

    public IHostEnvironment Environment => _innerBuilder.Environment;

    public ConfigurationManager Configuration => _innerBuilder.Configuration;

    public IServiceCollection Services => _innerBuilder.Services;

    public string AppHostDirectory { get; }

    public string AppHostPath { get; }

    public Assembly? AppHostAssembly { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    internal UserSecretsStore UserSecrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ModelName.Validate("Resource", resource.Name);
        if (Resources.TryGetByName(resource.Name, out _))
        {
            throw new DistributedApplicationException(
                $"There is already a resource named '{resource.Name}'; names are the same whatever their case."
            );
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _interceptor?.OnBuilding(this);
        var application = new DistributedApplication(_innerBuilder.Build());
        _executionContextOptions.Services = application.Services;
        _interceptor?.OnBuilt(application);
        return application;
    }

    private DistributedApplicationExecutionContextOptions Publish() =>
        new(DistributedApplicationOperation.Publish, Configuration["Publishing:Publisher"] ?? "manifest");

    private string? GetMetadata(string key) =>
        AppHostAssembly
            ?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, key, StringComparison.OrdinalIgnoreCase))
            ?.Value;

    private void AddConfigurationDefaults()
    {
        var defaults = new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = AppHostPath,
            ["AppHost:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(AppHostPath))),
            ["AppHost:DashboardApplicationName"] = _options.DashboardApplicationName ?? Environment.ApplicationName,
        };

        if (ExecutionContext.IsRunMode)
        {
            var anonymous = Configuration.GetValue<bool>("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");
            AddKey(
                "AppHost:BrowserToken",
                () => Configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? CreateToken()
            );
            AddKey("AppHost:OtlpApiKey", () => UserSecrets.GetOrAdd("AppHost:OtlpApiKey", CreateToken));
            AddKey("AppHost:ResourceService:ApiKey", CreateToken);
            defaults["AppHost:ResourceService:AuthMode"] = anonymous ? "Unsecured" : "ApiKey";

            void AddKey(string key, Func<string> create)
            {
                if (!anonymous && string.IsNullOrEmpty(Configuration[key]))
                {
                    defaults[key] = create();
                }
            }
        }

        Configuration.AddInMemoryCollection(defaults);
    }

    private static string CreateToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private void AddServices()
    {
        Services.AddSingleton(_options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<ResourceLoggerService>(),
            services
        ));
        Services.AddHealthChecks();
        Services.AddHttpClient();

        Services.AddLogging(logging =>
        {
            logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
            logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

            // The dashboard shows what a health check says; the log need not repeat it each second.
            logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        });

        if (ExecutionContext.IsPublishMode)
        {
            Services.AddHostedService<ManifestPublisher>();
        }
        else
        {
            if (_options.EnableResourceLogging)
            {
                Services.AddHostedService<ResourceLogForwarder>();
            }

            Services.AddOrchestrator();
        }
    }
}
