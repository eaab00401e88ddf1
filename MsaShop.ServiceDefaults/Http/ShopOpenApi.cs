using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>What the services' OpenAPI documents have in common.</summary>
internal static class ShopOpenApi
{
    private const string SchemeName = "accessToken";

    public static void Configure(OpenApiOptions options, string title)
    {
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = title;
                document.Info.Version = "v1";
                // Clients reach every service through the gateway, so the address is that of the document itself.
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
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                // Parameters bound from a record's properties would be documented in the properties' spelling.
                foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                {
                    parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                }

                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
                {
                    operation.Security =
                    [
                        new() { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] },
                    ];
                }

                return Task.CompletedTask;
            }
        );
    }
}
