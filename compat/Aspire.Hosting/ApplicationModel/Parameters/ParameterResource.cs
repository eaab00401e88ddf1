namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside: by configuration, or by a default.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Secret = secret;

        // A failure is not kept: the value may be there the next time.
        _value = new Lazy<string>(() => callback(Default), LazyThreadSafetyMode.PublicationOnly);
    }

    public ParameterDefault? Default { get; set; }

    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>The configuration key of the value.</summary>
    internal string ConfigurationKey => IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new ValueTask<string?>(_value.Value);
        }
        catch (MissingParameterValueException exception)
        {
            return ValueTask.FromException<string?>(exception);
        }
    }

    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);
}
