using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

/// <summary>Gives a resource the commands to start, stop and restart it.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource)
    {
        Add(
            resource,
            KnownResourceCommands.StartCommand,
            "Start",
            "Play",
            state => IsStopped(state) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
            (runtime, name, cancellationToken) => runtime.StartAsync(name, cancellationToken)
        );
        Add(
            resource,
            KnownResourceCommands.StopCommand,
            "Stop",
            "Stop",
            state =>
                IsStopped(state) ? ResourceCommandState.Hidden
                : IsRunning(state) ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
            (runtime, name, cancellationToken) => runtime.StopAsync(name, cancellationToken)
        );
        Add(
            resource,
            KnownResourceCommands.RestartCommand,
            "Restart",
            "ArrowCounterclockwise",
            state =>
                IsStopped(state) ? ResourceCommandState.Hidden
                : IsRunning(state) ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
            (runtime, name, cancellationToken) => runtime.StartAsync(name, cancellationToken)
        );
    }

    private static bool IsStopped(string? state) =>
        state is not null
        && (state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state));

    private static bool IsRunning(string? state) =>
        state == KnownResourceStates.Running || state == KnownResourceStates.RuntimeUnhealthy;

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string icon,
        Func<string?, ResourceCommandState> stateOf,
        Func<ResourceRuntime, string, CancellationToken, Task> execute
    )
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == name))
        {
            return;
        }

        resource.Annotations.Add(
            new ResourceCommandAnnotation(
                name,
                displayName,
                context => stateOf(context.ResourceSnapshot.State?.Text),
                async context =>
                {
                    await execute(
                            context.Services.GetRequiredService<ResourceRuntime>(),
                            context.ResourceName,
                            context.CancellationToken
                        )
                        .ConfigureAwait(false);
                    return CommandResults.Success();
                },
                displayDescription: null,
                parameter: null,
                confirmationMessage: null,
                icon,
                IconVariant.Filled,
                isHighlighted: true
            )
        );
    }
}
