using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The command line and the environment of a resource, with every reference resolved but those that only DCP knows.
/// </summary>
internal sealed record ExecutionSettings(List<string> Args, List<DcpEnvVar> Environment)
{
    public List<string> ArgsForDcp => [.. Args.Select(DcpTemplates.EscapeForeign)];

    public List<DcpEnvVar> EnvironmentForDcp =>
        [.. Environment.Select(variable => variable with { Value = DcpTemplates.EscapeForeign(variable.Value ?? "") })];

    /// <summary>Asks everybody who has a say in them, and resolves what they say as the resource sees it.</summary>
    public static async Task<ExecutionSettings> EvaluateAsync(
        IResource resource,
        DistributedApplicationExecutionContext execution,
        SecretMask mask,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(execution, logger, cancellationToken)
            .ConfigureAwait(false);
        if (configuration.Exception is { } exception)
        {
            throw new DistributedApplicationException(exception.Message, exception);
        }

        foreach (var reference in configuration.References)
        {
            await mask.LearnAsync(reference, cancellationToken).ConfigureAwait(false);
        }

        return new ExecutionSettings(
            [.. configuration.Arguments.Select(argument => argument.Value)],
            [.. configuration.EnvironmentVariables.Select(variable => new DcpEnvVar(variable.Key, variable.Value))]
        );
    }
}
