namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address on the developer's machine.</summary>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
}
