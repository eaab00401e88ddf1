using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Corrects the documented schemas to what the services accept.</summary>
internal static class ShopSchemas
{
    public static Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        TellType(schema, context);
        if (context.JsonPropertyInfo is { } property)
        {
            if (MustBeThere(property))
            {
                schema.Type &= ~JsonSchemaType.Null;
            }

            // The framework reads attributes of a record's properties, not of its constructor.
            Restrict(schema, property.AssociatedParameter?.AttributeProvider);
            OfferWords(schema, property.AttributeProvider);
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            Require(schema, context.JsonTypeInfo);
            if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(ProblemDetails)))
            {
                AddProblemMembers(schema);
            }
        }
        else if (context.ParameterDescription?.ParameterDescriptor is IParameterInfoParameterDescriptor parameter)
        {
            OfferWords(schema, parameter.ParameterInfo);
        }

        return Task.CompletedTask;
    }

    /// <summary>The framework knows the types behind the built-in converters only, not behind the shop's.</summary>
    private static void TellType(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(string))
        {
            schema.Type ??=
                JsonSchemaType.String
                | (context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : default);
        }
        else if (type.IsEnum)
        {
            schema.Enum = WordsOf(type);
        }
        else if (Nullable.GetUnderlyingType(type) is { IsEnum: true } optional)
        {
            schema.Enum = [.. WordsOf(optional), JsonNullSentinel.JsonNull];
        }
        else if (context.JsonTypeInfo.ElementType is { } element && schema.Items is null)
        {
            schema.Items =
                element == typeof(string) ? new OpenApiSchema { Type = JsonSchemaType.String }
                : element.IsEnum ? new OpenApiSchema { Enum = WordsOf(element) }
                : null;
        }
    }

    private static List<JsonNode> WordsOf(Type type) =>
        [.. EnumWords.Of(type).Select(word => (JsonNode)JsonValue.Create(word))];

    /// <summary>
    /// A nullable member may be absent unless it is marked as required; the framework takes every constructor parameter
    /// of a record as required.
    /// </summary>
    private static void Require(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var parameter = property.AssociatedParameter;
            if (
                (property.IsGetNullable || parameter?.HasDefaultValue == true)
                && !Has<RequiredMemberAttribute>(property.AttributeProvider)
                && !MustBeThere(property)
            )
            {
                schema.Required?.Remove(property.Name);
            }
        }
    }

    private static void Restrict(OpenApiSchema schema, ICustomAttributeProvider? attributes)
    {
        foreach (var attribute in attributes?.GetCustomAttributes(inherit: true) ?? [])
        {
            switch (attribute)
            {
                case StringLengthAttribute length:
                    (schema.MinLength, schema.MaxLength) = (length.MinimumLength, length.MaximumLength);
                    break;
                case MaxLengthAttribute max:
                    schema.MaxLength = max.Length;
                    break;
                case RegularExpressionAttribute expression:
                    schema.Pattern = expression.Pattern;
                    break;
                case RangeAttribute range:
                    schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                    schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    private static void OfferWords(OpenApiSchema schema, ICustomAttributeProvider? attributes)
    {
        foreach (var attribute in attributes?.GetCustomAttributes(inherit: true) ?? [])
        {
            var words = attribute switch
            {
                IOneOfWords choice => choice.Words,
                AllowedValuesAttribute allowed => allowed.Values.OfType<string>(),
                _ => null,
            };
            if (words is not null)
            {
                var target = schema.Items as OpenApiSchema ?? schema;
                target.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
            }
        }
    }

    private static void AddProblemMembers(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties[Problems.CodeMember] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "What went wrong, as a stable word.",
        };
        schema.Properties["traceId"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Finds the request in the logs.",
        };
        schema.Properties[Problems.RetryAfterMember] = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Description = "After how many seconds to try again, where that may help.",
        };
        schema.Required = new HashSet<string> { Problems.CodeMember, "traceId" };
    }

    private static bool MustBeThere(JsonPropertyInfo property) =>
        Has<RequiredAttribute>(property.AttributeProvider)
        || Has<RequiredAttribute>(property.AssociatedParameter?.AttributeProvider);

    private static bool Has<TAttribute>(ICustomAttributeProvider? attributes)
        where TAttribute : Attribute => attributes?.IsDefined(typeof(TAttribute), inherit: true) == true;
}
