using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with placeholders for values that are not known yet.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>An expression without text.</summary>
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    private readonly string[] _manifestExpressions;
    private readonly string?[] _stringFormats;

    internal ReferenceExpression(
        string format,
        IValueProvider[] valueProviders,
        string[] manifestExpressions,
        string?[] stringFormats
    )
    {
        Format = format;
        ValueProviders = valueProviders;
        _manifestExpressions = manifestExpressions;
        _stringFormats = stringFormats;
    }

    public string Format { get; }

    public IReadOnlyList<string> ManifestExpressions => _manifestExpressions;

    public IReadOnlyList<string?> StringFormats => _stringFormats;

    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    public string ValueExpression => Fill(_manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Format.Length == 0)
        {
            return null;
        }

        var values = new string?[ValueProviders.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var value = await ValueProviders[index].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            values[index] =
                value is not null && _stringFormats[index] is { } format ? ValueFormats.Apply(value, format) : value;
        }

        return Fill(values);
    }

    internal string Fill(object?[] values) => string.Format(CultureInfo.InvariantCulture, Format, values);

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ExpressionParts _parts = new(literalLength, formattedCount);

        public readonly void AppendLiteral(string value) => _parts.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _parts.AppendLiteral(value);

        public readonly void AppendFormatted(string? value, string? format = null) =>
            _parts.AppendLiteral(ValueFormats.Apply(value, format));

        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AppendProvider(valueProvider, null);

        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AppendProvider(valueProvider, format);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AppendProvider(valueProvider.Resource, null);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AppendProvider(valueProvider.Resource, format);

        internal readonly ReferenceExpression GetExpression() => _parts.Build();
    }
}

/// <summary>Makes a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    public bool IsEmpty => _parts.IsEmpty;

    public void Append(
        [InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler
    ) => handler.ThrowIfNotFor(this);

    public void AppendLiteral(string value) => _parts.AppendLiteral(value);

    public void AppendFormatted(string? value) => _parts.AppendLiteral(value);

    public void AppendFormatted(string? value, string? format = null) =>
        _parts.AppendLiteral(ValueFormats.Apply(value, format));

    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AppendProvider(valueProvider, null);

    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AppendProvider(valueProvider, format);

    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Appends the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        public ReferenceExpressionBuilderInterpolatedStringHandler(
            int literalLength,
            int formattedCount,
            ReferenceExpressionBuilder builder
        )
        {
            _ = literalLength;
            _ = formattedCount;
            _builder = builder;
        }

        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        public readonly void AppendFormatted(string? value, string? format = null) =>
            _builder.AppendFormatted(value, format);

        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _builder.AppendFormatted(valueProvider.Resource);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _builder.AppendFormatted(valueProvider.Resource, format);

        // The parts went to the builder as they came.
        internal readonly void ThrowIfNotFor(ReferenceExpressionBuilder builder)
        {
            if (builder != _builder)
            {
                throw new ArgumentException("The text was made for another builder.", nameof(builder));
            }
        }
    }
}

/// <summary>The pieces of an expression, as a composite format string and its arguments.</summary>
internal sealed class ExpressionParts(int literalLength = 0, int formattedCount = 0)
{
    private readonly StringBuilder _format = new(literalLength + (formattedCount * 3));
    private readonly List<IValueProvider> _providers = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _formats = [];

    public bool IsEmpty => _format.Length == 0;

    public void AppendLiteral(string? value) =>
        _format.Append(
            value?.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)
        );

    public void AppendProvider<T>(T provider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
        _providers.Add(provider);
        _manifestExpressions.Add(provider.ValueExpression);
        _formats.Add(format);
    }

    public ReferenceExpression Build() =>
        IsEmpty
            ? ReferenceExpression.Empty
            : new ReferenceExpression(_format.ToString(), [.. _providers], [.. _manifestExpressions], [.. _formats]);
}

/// <summary>The formats that a placeholder may ask for.</summary>
internal static class ValueFormats
{
    public const string Uri = "uri";

    public static string? Apply(string? value, string? format) =>
        (value, format?.ToLowerInvariant()) switch
        {
            (null, _) => null,
            (_, null or "") => value,
            (_, Uri) => System.Uri.EscapeDataString(value),
            _ => throw new FormatException($"'{format}' is not a known format; '{Uri}' is."),
        };
}
