using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>
/// How a good request to each operation is made. Types, limits and words come from the documents; what they cannot tell
/// is taught here, and a new operation that needs more fails with a message that says so.
/// </summary>
internal sealed class SweepRecipes(SweepWorld world)
{
    /// <summary>
    /// Good requests that nonetheless cannot succeed, by operation, with the code of their answer: what they ask for is
    /// the business of other tests.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Refusals { get; } =
        new Dictionary<string, string[]>
        {
            // Without a cookie there is no session.
            ["POST /api/users/refresh"] = ["session_expired"],
            // Nobody opened Toss's window, so Toss does not know the payment key.
            ["POST /api/payments/confirm"] = ["card_refused", "payment_expired"],
            // Toss has refused none.
            ["POST /api/payments/refunds/{refundId}/settled"] = ["refund_not_refused"],
            // No message is dead.
            ["POST /api/orders/outbox/{id}/retry"] = ["not_found"],
            ["POST /api/payments/outbox/{id}/retry"] = ["not_found"],
            // No event is set aside.
            ["POST /api/payments/set-aside-events/{position}/retry"] = ["not_found"],
        };

    /// <summary>Parameters that only administrators may use, of operations that anybody may.</summary>
    private static readonly HashSet<(string Operation, string Parameter)> s_forAdmins =
    [
        ("GET /api/products", "stockBelow"),
    ];

    /// <summary>Permitted callers use things of their own.</summary>
    public async Task<SweepRequest> MakeAsync(SweepOperation operation)
    {
        var owner = world.Shopper;
        var paths = new Dictionary<string, string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == ParameterLocation.Path))
        {
            paths[parameter.Name!] = await MakePathValueAsync(operation, parameter.Name!, owner);
        }

        return await CompleteAsync(operation, owner, paths);
    }

    /// <summary>The intruder asks for the victim's things.</summary>
    public async Task<SweepRequest> MakeIntrusionAsync(SweepOperation operation)
    {
        var paths = new Dictionary<string, string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == ParameterLocation.Path))
        {
            var order = world.VictimsOrder.Id.ToString(CultureInfo.InvariantCulture);
            paths[parameter.Name!] = SegmentBefore(operation, parameter.Name!) switch
            {
                "orders" => order,
                "users" => world.Victim.UserId.ToString(CultureInfo.InvariantCulture),
                "products" => world.Product.ToString(CultureInfo.InvariantCulture),
                // The first ones are somebody's, and never the intruder's.
                "payments" or "refunds" or "outbox" or "set-aside-events" => "1",
                _ => await MakePathValueAsync(operation, parameter.Name!, world.Victim),
            };
        }

        return await CompleteAsync(operation, world.Victim, paths);
    }

    /// <summary>Whether the operation works on something that belongs to one user.</summary>
    public static bool TakesSomebodysThings(SweepOperation operation) =>
        operation.Parameters.Any(parameter =>
            parameter.In == ParameterLocation.Path
            && SegmentBefore(operation, parameter.Name!) is "orders" or "payments" or "refunds" or "users"
        )
        || operation.Body?.Unwrap().Properties?.Keys.Any(name => name is "userId" or "orderId") == true;

    private async Task<SweepRequest> CompleteAsync(
        SweepOperation operation,
        Actor owner,
        Dictionary<string, string> paths
    )
    {
        var request = new SweepRequest(operation) { PathValues = paths };
        foreach (
            var parameter in operation.Parameters.Where(parameter =>
                parameter.In == ParameterLocation.Query && !s_forAdmins.Contains((operation.Name, parameter.Name!))
            )
        )
        {
            request.Query.Add(KeyValuePair.Create(parameter.Name!, MakeQueryValue(operation, parameter, owner)));
        }

        if (operation.WantsPicture)
        {
            return request with { Content = MakePicture };
        }

        return operation.Body is { } body
            ? request with
            {
                Body = await MakeBodyAsync(operation, "", body, owner),
            }
            : request;
    }

    private async Task<string> MakePathValueAsync(SweepOperation operation, string name, Actor owner) =>
        SegmentBefore(operation, name) switch
        {
            "products" => Text(await world.NewProductAsync()),
            "images" => await world.FindPictureAsync(),
            "users" => Text((await world.NewActorAsync()).UserId),
            "orders" when operation.Path.StartsWith("/api/payments/", StringComparison.Ordinal) => Text(
                (await world.NewPaymentAsync(owner)).OrderId
            ),
            "orders" => Text((await world.NewOrderAsync(owner, "BANK_TRANSFER")).Id),
            "payments" => Text(await world.NewPaidPaymentAsync(owner)),
            "refunds" => Text(await world.NewRefundAsync(owner)),
            "outbox" or "set-aside-events" => Text(long.MaxValue),
            var segment => throw Untaught(operation, $"the path's {{{name}}} behind '{segment}'"),
        };

    private static string MakeQueryValue(SweepOperation operation, IOpenApiParameter parameter, Actor owner)
    {
        var schema = parameter.Schema!.Unwrap();
        schema = SweepValues.KindOf(schema) == JsonSchemaType.Array ? schema.Items!.Unwrap() : schema;
        return (operation.Name, parameter.Name) switch
        {
            ("PATCH /api/orders/{id}/status", "status") => "CONFIRMED",
            (_, "userId") => Text(owner.UserId),
            (_, "minPrice") => "0",
            (_, "from") when schema.Format == "date" => "2026-01-01",
            (_, "to") when schema.Format == "date" => "2026-01-08",
            (_, "timeZone") => "Asia/Seoul",
            (_, "from") => "2026-01-01T00:00:00Z",
            (_, "to") => "2026-01-08T00:00:00Z",
            _ => MakeFromSchema(operation, parameter.Name!, schema)?.ToString() ?? "",
        };
    }

    private async Task<JsonNode?> MakeBodyAsync(
        SweepOperation operation,
        string name,
        IOpenApiSchema reference,
        Actor owner
    )
    {
        var schema = reference.Unwrap();
        switch (SweepValues.KindOf(schema))
        {
            case JsonSchemaType.Object:
                var body = new JsonObject();
                foreach (var (member, memberSchema) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
                {
                    body[member] = await MakeBodyAsync(operation, member, memberSchema, owner);
                }

                return body;
            case JsonSchemaType.Array:
                return new JsonArray(await MakeBodyAsync(operation, name, schema.Items!, owner));
            default:
                return (operation.Name, name) switch
                {
                    ("POST /api/users/login", "email") => (await world.NewActorAsync()).Email,
                    ("POST /api/payments/confirm", "orderId") => (
                        owner == world.Victim ? world.VictimsCardOrder : await world.NewOrderAsync(owner, "CARD")
                    ).Number,
                    ("PATCH /api/products/{id}/stock", "change") => 1,
                    ("POST /api/orders", "paymentMethod") => "BANK_TRANSFER",
                    (_, "email") => $"sweep-{Guid.NewGuid():N}@example.com"[..40],
                    (_, "password" or "newPassword" or "currentPassword") => Actor.Password,
                    (_, "phone") => "010-1234-5678",
                    (_, "postalCode") => "04524",
                    // One that exists: browsers open the catalogue after the sweep, and a picture that is missing is an error.
                    (_, "imageUrl") => "/api/products/images/birch-wall-clock.svg",
                    (_, "userId") => owner.UserId,
                    (_, "productId") => world.Product,
                    (_, "quantity") => 1,
                    (_, "amount" or "expectedTotal") => SweepWorld.Price,
                    (_, "paymentKey") => $"sweep_{Guid.NewGuid():N}",
                    _ => MakeFromSchema(operation, name, schema),
                };
        }
    }

    private static JsonNode? MakeFromSchema(SweepOperation operation, string name, IOpenApiSchema schema)
    {
        if (schema.Enum is { Count: > 0 } words)
        {
            return words[0].DeepClone();
        }

        return SweepValues.KindOf(schema) switch
        {
            JsonSchemaType.Boolean => false,
            JsonSchemaType.Integer or JsonSchemaType.Number => long.Parse(
                schema.Minimum ?? "1",
                CultureInfo.InvariantCulture
            ),
            JsonSchemaType.String when schema.Format == "date-time" => "2026-01-01T00:00:00Z",
            JsonSchemaType.String when schema.Pattern is null && schema.Format is null => "sweep",
            // Anything, which is checked by nobody but the service.
            0 => new JsonObject(),
            _ => throw Untaught(operation, $"'{name}'"),
        };
    }

    private static ByteArrayContent MakePicture() =>
        new([
            .. (ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13],
            .. "IHDR"u8,
            .. (ReadOnlySpan<byte>)[0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0],
        ])
        {
            Headers = { ContentType = new("image/png") },
        };

    private static string SegmentBefore(SweepOperation operation, string parameter) =>
        operation.Path.Split($"/{{{parameter}")[0].Split('/')[^1];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static InvalidOperationException Untaught(SweepOperation operation, string what) =>
        new(
            $"{operation.Name}: the sweep does not know what to put for {what}. Teach it in {nameof(SweepRecipes)}.cs: a value that the operation takes, of the caller's own."
        );
}
