using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs the code of an AppHost on a thread of its own. It stops twice: when it builds the application, until the test
/// wants that, and when it runs the application, until the test is over.
/// </summary>
internal sealed class AppHostEntryPoint(
    Assembly assembly,
    string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder
) : SettingsInterceptor(configureBuilder)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building =
        NewSignal<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource<bool> _mayBuild = NewSignal<bool>();
    private readonly TaskCompletionSource<DistributedApplication> _built = NewSignal<DistributedApplication>();
    private readonly TaskCompletionSource<bool> _mayEnd = NewSignal<bool>();
    private readonly TaskCompletionSource<bool> _ended = NewSignal<bool>();

    /// <summary>Runs the AppHost's code up to the point where it builds the application.</summary>
    public async Task<DistributedApplicationBuilder> RunUntilBuildAsync(CancellationToken cancellationToken)
    {
        var main =
            assembly.EntryPoint
            ?? throw new InvalidOperationException($"The assembly '{assembly.GetName().Name}' has no entry point.");
        Current.Value = this;
        try
        {
            // The thread inherits the interceptor with the execution context.
            new Thread(() => Run(main))
            {
                IsBackground = true,
                Name = $"{assembly.GetName().Name} under test",
            }.Start();
        }
        finally
        {
            Current.Value = null;
        }

        return await _building.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the AppHost build the application.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult(true);
        return await _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the AppHost's code end, if it has not built the application yet.</summary>
    public void Abandon() => _mayBuild.TrySetResult(false);

    /// <summary>Lets the AppHost's code return from running the application, and waits for its end.</summary>
    public Task EndAsync()
    {
        _mayEnd.TrySetResult(true);
        return _ended.Task;
    }

    public override void OnConstructing(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings hostBuilderSettings
    )
    {
        options.AssemblyName ??= assembly.GetName().Name;
        base.OnConstructing(options, hostBuilderSettings);
    }

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        if (!_mayBuild.Task.GetAwaiter().GetResult())
        {
            throw new OperationCanceledException("The test does not build the application.");
        }
    }

    public override void OnBuilt(DistributedApplication application)
    {
        application.RunOverride = cancellationToken => _mayEnd.Task.WaitAsync(cancellationToken);
        _built.TrySetResult(application);
    }

    /// <summary>What the AppHost's first launch profile sets, as if the AppHost were started with it.</summary>
    protected override Dictionary<string, string?> GetDefaults()
    {
        var defaults = base.GetDefaults();
        if (FindLaunchProfile() is not { } profile)
        {
            return defaults;
        }

        defaults["AppHost:DefaultLaunchProfileName"] = profile.Key;
        foreach (var (name, value) in profile.Value.EnvironmentVariables)
        {
            defaults[name.Replace("__", ":", StringComparison.Ordinal)] = value;
            if (name is "DOTNET_ENVIRONMENT")
            {
                defaults[HostDefaults.EnvironmentKey] = value;
            }
        }

        return defaults;
    }

    private static TaskCompletionSource<T> NewSignal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run(MethodInfo main)
    {
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
            Fail(new InvalidOperationException($"{assembly.GetName().Name} ended without building an application."));
        }
        catch (TargetInvocationException exception)
        {
            Fail(exception.InnerException ?? exception);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _ended.TrySetResult(true);
        }
    }

    /// <summary>Tells whoever still waits; afterwards the test hears of failures from the application itself.</summary>
    private void Fail(Exception exception)
    {
        var failure = ExceptionDispatchInfo.SetCurrentStackTrace(
            new DistributedApplicationException($"The AppHost failed: {exception.Message}", exception)
        );
        _building.TrySetException(failure);
        _built.TrySetException(failure);
    }

    private KeyValuePair<string, LaunchProfile>? FindLaunchProfile()
    {
        var folder = assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "apphostprojectpath")
            ?.Value;
        var file = Path.Combine(folder ?? "", "Properties", "launchSettings.json");
        if (folder is null || !File.Exists(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        return JsonSerializer
            .Deserialize<LaunchSettings>(stream, s_json)
            ?.Profiles.Where(profile => profile.Value.CommandName == "Project")
            .Select(profile => (KeyValuePair<string, LaunchProfile>?)profile)
            .FirstOrDefault();
    }
}
