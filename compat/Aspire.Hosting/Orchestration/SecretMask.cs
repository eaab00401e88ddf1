using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Hides the values of secret parameters wherever they turn up in what is shown.</summary>
internal sealed class SecretMask
{
    private const string Hidden = "●●●●●●";

    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);

    /// <summary>Learns the secret parameters behind a value before the value is shown.</summary>
    public async ValueTask LearnAsync(object? value, CancellationToken cancellationToken)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        await LearnAsync(value, seen, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Learns a secret that is no parameter.</summary>
    public void Learn(string secret)
    {
        _secrets.TryAdd(secret, 0);
        _secrets.TryAdd(Uri.EscapeDataString(secret), 0);
    }

    /// <summary>The text without secrets.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _secrets.Keys)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    private async ValueTask LearnAsync(object? value, HashSet<object> seen, CancellationToken cancellationToken)
    {
        if (value is null || !seen.Add(value))
        {
            return;
        }

        switch (value)
        {
            case ParameterResource { Secret: true } parameter:
                if (await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } secret)
                {
                    Learn(secret);
                }

                break;
            case IResourceBuilder<IResource> builder:
                await LearnAsync(builder.Resource, seen, cancellationToken).ConfigureAwait(false);
                break;
            case IResourceWithConnectionString resource:
                await LearnAsync(resource.ConnectionStringExpression, seen, cancellationToken).ConfigureAwait(false);
                break;
            case IValueWithReferences references:
                foreach (var reference in references.References)
                {
                    await LearnAsync(reference, seen, cancellationToken).ConfigureAwait(false);
                }

                break;
        }
    }
}
