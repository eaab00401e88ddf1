using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Makes applications for tests: ports are random and there is no dashboard, unless the test says otherwise.</summary>
public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        CancellationToken cancellationToken = default
    )
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), [], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        CancellationToken cancellationToken = default
    ) => CreateAsync(entryPoint, [], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        CancellationToken cancellationToken = default
    )
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        CancellationToken cancellationToken = default
    ) => CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default
    ) => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs the entry point of an AppHost until it builds the application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly, such as <c>Projects.MyShop_AppHost</c>.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="configureBuilder">Changes what the application is made from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);

        var entry = new AppHostEntryPoint(entryPoint.Assembly, args, configureBuilder);
        var builder = await entry.RunUntilBuildAsync(cancellationToken);
        return new TestingBuilder(
            builder,
            async token => new TestingApplication(await entry.BuildAsync(token), entry),
            entry.Abandon
        );
    }

    /// <summary>An application without an AppHost.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>An application without an AppHost.</summary>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder
    )
    {
        var interceptor = new SettingsInterceptor(configureBuilder);
        BuilderInterceptor.Current.Value = interceptor;
        try
        {
            var builder = new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args });
            return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
        }
        finally
        {
            BuilderInterceptor.Current.Value = null;
        }
    }
}
