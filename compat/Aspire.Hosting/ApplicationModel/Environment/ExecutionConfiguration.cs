using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The arguments and environment variables that a resource runs with.</summary>
public interface IExecutionConfigurationResult
{
    IEnumerable<object> References { get; }

    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    IEnumerable<(object Unprocessed, string Value, bool IsSensitive)> ArgumentsWithUnprocessed { get; }

    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    IEnumerable<
        KeyValuePair<string, (object Unprocessed, string Processed)>
    > EnvironmentVariablesWithUnprocessed { get; }

    Exception? Exception { get; }
}

/// <summary>Collects what a resource runs with.</summary>
public interface IExecutionConfigurationBuilder
{
    Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext,
        ILogger? resourceLogger = null,
        CancellationToken cancellationToken = default
    );
}

/// <summary>Chooses what is collected.</summary>
public static class ExecutionConfigurationBuilderExtensions
{
    public static IExecutionConfigurationBuilder WithArgumentsConfig(this IExecutionConfigurationBuilder builder)
    {
        ((ExecutionConfigurationBuilder)builder).IncludeArguments = true;
        return builder;
    }

    public static IExecutionConfigurationBuilder WithEnvironmentVariablesConfig(
        this IExecutionConfigurationBuilder builder
    )
    {
        ((ExecutionConfigurationBuilder)builder).IncludeEnvironment = true;
        return builder;
    }

    internal static Task<GatheredConfiguration> GatherAsync(
        this IExecutionConfigurationBuilder builder,
        DistributedApplicationExecutionContext executionContext,
        ILogger? resourceLogger = null,
        CancellationToken cancellationToken = default
    ) => ((ExecutionConfigurationBuilder)builder).GatherCoreAsync(executionContext, resourceLogger, cancellationToken);
}

/// <summary>What the callbacks gave, before its values are asked for.</summary>
internal sealed record GatheredConfiguration(List<object> Arguments, Dictionary<string, object> EnvironmentVariables);

/// <summary>Collects what a resource runs with, from the callbacks it is annotated with.</summary>
public sealed class ExecutionConfigurationBuilder : IExecutionConfigurationBuilder
{
    private readonly IResource _resource;

    private ExecutionConfigurationBuilder(IResource resource)
    {
        _resource = resource;
    }

    internal bool IncludeArguments { get; set; }

    internal bool IncludeEnvironment { get; set; }

    public static IExecutionConfigurationBuilder Create(IResource resource) =>
        new ExecutionConfigurationBuilder(resource);

    public async Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext,
        ILogger? resourceLogger = null,
        CancellationToken cancellationToken = default
    )
    {
        var gathered = await GatherCoreAsync(executionContext, resourceLogger, cancellationToken).ConfigureAwait(false);
        var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = _resource };
        var failures = new List<Exception>();
        var arguments = new List<(object, string, bool)>();
        foreach (var argument in gathered.Arguments)
        {
            if (await ResolveAsync(argument).ConfigureAwait(false) is { } value)
            {
                arguments.Add((argument, value, IsSensitive(argument)));
            }
        }

        var variables = new List<KeyValuePair<string, (object, string)>>();
        foreach (var (name, unresolved) in gathered.EnvironmentVariables)
        {
            if (await ResolveAsync(unresolved).ConfigureAwait(false) is { } value)
            {
                variables.Add(KeyValuePair.Create(name, (unresolved, value)));
            }
        }

        return new Result(
            arguments,
            variables,
            [.. gathered.Arguments.Concat(gathered.EnvironmentVariables.Values).Where(value => value is not string)],
            failures switch
            {
                [] => null,
                [var only] => only,
                _ => new AggregateException(failures),
            }
        );

        async Task<string?> ResolveAsync(object value)
        {
            try
            {
                return await ResolveValueAsync(value, context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(exception);
                return null;
            }
        }
    }

    internal async Task<GatheredConfiguration> GatherCoreAsync(
        DistributedApplicationExecutionContext executionContext,
        ILogger? resourceLogger,
        CancellationToken cancellationToken
    )
    {
        var logger = resourceLogger ?? NullLogger.Instance;
        var arguments = new CommandLineArgsCallbackContext([], _resource, cancellationToken)
        {
            ExecutionContext = executionContext,
            Logger = logger,
        };
        if (
            IncludeArguments
            && _resource.TryGetAnnotationsOfType<CommandLineArgsCallbackAnnotation>(out var forArguments)
        )
        {
            foreach (var annotation in forArguments)
            {
                await annotation.Callback(arguments).ConfigureAwait(false);
            }
        }

        var environment = new EnvironmentCallbackContext(
            executionContext,
            _resource,
            cancellationToken: cancellationToken
        )
        {
            Logger = logger,
        };
        if (IncludeEnvironment && _resource.TryGetEnvironmentVariables(out var forEnvironment))
        {
            foreach (var annotation in forEnvironment)
            {
                await annotation.Callback(environment).ConfigureAwait(false);
            }
        }

        return new GatheredConfiguration([.. arguments.Args], environment.EnvironmentVariables);
    }

    private static async ValueTask<string?> ResolveValueAsync(
        object? value,
        ValueProviderContext context,
        CancellationToken cancellationToken
    ) =>
        value switch
        {
            null => null,
            string text => text,
            IValueProvider provider => await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false),
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider
                .GetValueAsync(context, cancellationToken)
                .ConfigureAwait(false),
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException(
                $"A value of the type '{value.GetType()}' cannot be an argument or an environment variable."
            ),
        };

    private static bool IsSensitive(object? value) =>
        IsSensitive(value, new HashSet<object>(ReferenceEqualityComparer.Instance));

    /// <summary>References may run in circles: a server's connection string names its endpoint, and that the server.</summary>
    private static bool IsSensitive(object? value, HashSet<object> seen) =>
        value switch
        {
            ParameterResource parameter => parameter.Secret,
            IValueWithReferences { References: var references } when seen.Add(value) => references.Any(reference =>
                IsSensitive(reference, seen)
            ),
            _ => false,
        };

    private sealed record Result(
        List<(object, string, bool)> RawArguments,
        List<KeyValuePair<string, (object, string)>> RawVariables,
        IEnumerable<object> References,
        Exception? Exception
    ) : IExecutionConfigurationResult
    {
        public IEnumerable<(string Value, bool IsSensitive)> Arguments =>
            RawArguments.Select(argument => (argument.Item2, argument.Item3));

        public IEnumerable<(object Unprocessed, string Value, bool IsSensitive)> ArgumentsWithUnprocessed =>
            RawArguments;

        public IEnumerable<KeyValuePair<string, string>> EnvironmentVariables =>
            RawVariables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Item2));

        public IEnumerable<
            KeyValuePair<string, (object Unprocessed, string Processed)>
        > EnvironmentVariablesWithUnprocessed => RawVariables;
    }
}
