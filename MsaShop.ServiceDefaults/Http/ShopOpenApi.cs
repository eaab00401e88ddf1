using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Configures the services' OpenAPI documents.</summary>
internal static class ShopOpenApi
{
    private const string SchemeName = "accessToken";

    /// <summary>The caller's required role in machine-readable form: OpenAPI itself cannot express it.</summary>
    private const string RoleExtension = "x-required-role";

    /// <summary>The operation's error codes, which clients branch on.</summary>
    private const string CodesExtension = "x-codes";

    public static void Configure(OpenApiOptions options, string title)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = title;
                document.Info.Version = "v1";
                // Relative to the document, because clients reach every service through the gateway.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The accessToken that POST /api/users/login answers with.",
                };
                return Task.CompletedTask;
            }
        );
        options.AddSchemaTransformer(ShopSchemas.TransformAsync);
        options.AddOperationTransformer(
            async (operation, context, cancellationToken) =>
            {
                NameParameters(operation);
                var problem = await context.GetOrCreateSchemaAsync(
                    typeof(ProblemDetails),
                    cancellationToken: cancellationToken
                );
                context.Document!.AddComponent(nameof(ProblemDetails), problem);
                DocumentAuthorization(operation, context);
                DocumentRefusals(operation, context);
                (operation.Responses ??= []).TryAdd(
                    "default",
                    Problem("What went wrong; the code tells exactly what.", context.Document)
                );
            }
        );
    }

    /// <summary>Parameters bound from a record would be documented with the properties' spelling.</summary>
    private static void NameParameters(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter.In is not ParameterLocation.Header)
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            }
        }
    }

    private static void DocumentAuthorization(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        // The fallback policy requires a token unless the endpoint opts out.
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        operation.Security = [new() { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses[$"{StatusCodes.Status401Unauthorized}"] = Problem(
            "There is no valid access token.",
            context.Document
        );
        if (metadata.OfType<IAuthorizeData>().Any(data => data.Policy == Policies.Admin))
        {
            operation.AddExtension(RoleExtension, new JsonNodeExtension(JsonValue.Create(AccessTokens.AdminRole)));
            operation.Responses[$"{StatusCodes.Status403Forbidden}"] = Problem(
                "The user is no administrator.",
                context.Document
            );
        }
    }

    private static void DocumentRefusals(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var (status, codes) in context.Description.ActionDescriptor.EndpointMetadata.OfType<RefusalCodes>())
        {
            var response = Problem("It is refused, and the code tells why.", context.Document);
            response.AddExtension(
                CodesExtension,
                new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)JsonValue.Create(code))]))
            );
            (operation.Responses ??= [])[$"{status}"] = response;
        }
    }

    private static OpenApiResponse Problem(string description, OpenApiDocument? document) =>
        new()
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document),
                },
            },
        };
}
