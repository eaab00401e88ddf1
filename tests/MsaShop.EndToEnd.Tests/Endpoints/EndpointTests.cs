using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MsaShop.EndToEnd.Tests.Endpoints;

/// <summary>
/// Every operation that the services document, asked through the gateway for what it must not do. The requests are made
/// from the documents, so an operation is covered from the day it is there.
/// </summary>
[Collection(ShopCollection.Name)]
public sealed class EndpointTests(ShopFixture shop)
{
    private const int Limit = 1024 * 1024;

    private static readonly HttpMethod[] s_methods =
    [
        HttpMethod.Get,
        HttpMethod.Post,
        HttpMethod.Put,
        HttpMethod.Patch,
        HttpMethod.Delete,
        new("PROPFIND"),
    ];

    private static (ShopFixture Shop, Task<SweepWorld> World)? s_world;

    [Fact]
    public async Task Nothing_is_public_but_what_is_meant_to_be()
    {
        var sweep = await StartAsync();

        Assert.Equal(
            [
                "GET /api/payments/client",
                "GET /api/products",
                "GET /api/products/categories",
                "GET /api/products/images/{file}",
                "GET /api/products/{id}",
                "POST /api/payments/webhooks/toss",
                "POST /api/users/login",
                "POST /api/users/logout",
                "POST /api/users/refresh",
                "POST /api/users/signup",
            ],
            sweep
                .World.Operations.Where(operation => operation.IsPublic)
                .Select(operation => operation.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_operation_works_as_long_as_nothing_is_wrong()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations,
            async operation =>
            {
                var refusals = SweepRecipes.Refusals.GetValueOrDefault(operation.Name, []);
                var code = await sweep.SendAsync(
                    await sweep.Recipes.MakeAsync(operation),
                    sweep.RightfulCaller(operation),
                    refusals.Length == 0 ? Expected.Success : Expected.Refusal
                );
                if (refusals.Length > 0 && !refusals.Contains(code))
                {
                    sweep.Find($"{operation.Name}: should be refused as {string.Join(" or ", refusals)}, not {code}");
                }
            }
        );
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_valid_token()
    {
        var sweep = await StartAsync();
        var tokens = SweepTokens.Bad(sweep.World.Victim.Token, sweep.World.SigningKey).ToList();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => !operation.IsPublic),
            async operation =>
            {
                var request = await sweep.Recipes.MakeIntrusionAsync(operation);
                foreach (var (label, authorization) in tokens)
                {
                    await sweep.SendAsync(
                        request with
                        {
                            Label = label,
                        },
                        authorization,
                        Expected.Refusal,
                        exactly: HttpStatusCode.Unauthorized
                    );
                }
            }
        );
    }

    [Fact]
    public async Task A_shopper_does_nothing_that_is_for_administrators()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.IsForAdmins),
            async operation =>
            {
                var request = await sweep.Recipes.MakeIntrusionAsync(operation);
                foreach (
                    var attempt in new[]
                    {
                        request with
                        {
                            Label = "a shopper's token",
                        },
                        request.WithContent(
                            "a shopper's token and a broken body",
                            () => operation.Body is null ? null : SweepRequest.Json("{")
                        ),
                    }
                )
                {
                    await sweep.SendAsync(
                        attempt,
                        $"Bearer {sweep.World.Intruder.Token}",
                        Expected.Refusal,
                        exactly: HttpStatusCode.Forbidden
                    );
                }
            }
        );
    }

    [Fact]
    public async Task Somebody_elses_things_are_neither_shown_nor_touched()
    {
        var sweep = await StartAsync();
        var before = await ReadVictimsOrderAsync();
        Assert.Contains(sweep.World.Victim.Address, before, StringComparison.Ordinal);

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => !operation.IsForAdmins),
            async operation =>
            {
                var request = await sweep.Recipes.MakeIntrusionAsync(operation);
                await sweep.SendAsync(
                    request with
                    {
                        Label = "the victim's things",
                    },
                    sweep.World.Intruder,
                    !operation.IsPublic && SweepRecipes.TakesSomebodysThings(operation)
                        ? Expected.Refusal
                        : Expected.NoFailure
                );
                if (operation.IsPublic)
                {
                    await sweep.SendAsync(
                        request with
                        {
                            Label = "the victim's things",
                        },
                        caller: null,
                        Expected.NoFailure
                    );
                }
            }
        );
        Assert.Equal(before, await ReadVictimsOrderAsync());

        async Task<string> ReadVictimsOrderAsync() =>
            (await sweep.World.Victim.Client.GetAsync($"/api/orders/{sweep.World.VictimsOrder.Id}")).Text;
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.Body is not null),
            async operation =>
            {
                var good = await sweep.Recipes.MakeAsync(operation);
                var text = good.Body!.ToJsonString();
                await RefuseAsync("a body cut off", () => SweepRequest.Json(text[..^1]));
                await RefuseAsync("a body with something behind it", () => SweepRequest.Json(text + "]"));
                await RefuseAsync("no JSON", () => SweepRequest.Json("userId=1"));
                await RefuseAsync("a text", () => SweepRequest.Json("\"text\""));
                await RefuseAsync("a number", () => SweepRequest.Json("7"));
                await RefuseAsync("an array", () => SweepRequest.Json("[]"));
                await RefuseAsync("arrays nested deeply", () => SweepRequest.Json(new string('[', 100_000)));
                await RefuseAsync(
                    "objects nested deeply",
                    () =>
                        SweepRequest.Json(
                            string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000)
                        )
                );
                await RefuseAsync(
                    "bytes that are no UTF-8",
                    () => Bytes([(byte)'{', 0xff, 0xfe, (byte)'}'], "application/json")
                );
                await RefuseAsync("a null byte", () => Bytes([0], "application/json"));
                await RefuseAsync(
                    "a body too large",
                    () => SweepRequest.Json(text + new string(' ', Limit + 1 - text.Length)),
                    HttpStatusCode.RequestEntityTooLarge
                );
                await RefuseAsync(
                    "another type of content",
                    () => Bytes(Encoding.UTF8.GetBytes(text), "text/plain"),
                    HttpStatusCode.UnsupportedMediaType
                );
                await RefuseAsync(
                    "a form",
                    () => Bytes("a=b"u8.ToArray(), "application/x-www-form-urlencoded"),
                    HttpStatusCode.UnsupportedMediaType
                );
                foreach (var (label, content) in new[] { ("null", "null"), ("no body", ""), ("an empty object", "{}") })
                {
                    var hasRequired = operation.Body!.Unwrap().Required is { Count: > 0 };
                    await sweep.SendAsync(
                        good.WithContent(label, () => SweepRequest.Json(content)),
                        sweep.RightfulCaller(operation),
                        operation.WantsBody && (content != "{}" || hasRequired) ? Expected.Refusal : Expected.NoFailure
                    );
                }

                Task RefuseAsync(string label, Func<HttpContent> content, HttpStatusCode? exactly = null) =>
                    sweep.SendAsync(
                        good.WithContent(label, content),
                        sweep.RightfulCaller(operation) is { } caller ? $"Bearer {caller.Token}" : null,
                        Expected.Refusal,
                        mayKnow: operation.IsForAdmins,
                        exactly
                    );
            }
        );
    }

    [Fact]
    public async Task Every_member_of_a_body_is_held_to_what_the_document_says()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.Body is not null),
            async operation =>
            {
                var good = await sweep.Recipes.MakeAsync(operation);
                foreach (var (label, body, isWrong) in Mutations(operation.Body!, good.Body!))
                {
                    await sweep.SendAsync(
                        good.With(label, body),
                        sweep.RightfulCaller(operation),
                        isWrong ? Expected.Refusal : Expected.NoFailure
                    );
                }
            }
        );
    }

    [Fact]
    public async Task Every_parameter_is_held_to_what_the_document_says()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.Parameters.Count > 0),
            async operation =>
            {
                var good = await sweep.Recipes.MakeAsync(operation);
                foreach (var parameter in operation.Parameters)
                {
                    var name = parameter.Name!;
                    switch (parameter.In)
                    {
                        case ParameterLocation.Path:
                            foreach (var value in SweepValues.ForPath())
                            {
                                await SendAsync(good.WithPath(name, value), isWrong: true);
                            }

                            break;
                        case ParameterLocation.Query:
                            foreach (var value in SweepValues.ForQuery(parameter.Schema!.Unwrap()))
                            {
                                await SendAsync(good.WithQuery(name, value.Value), value.IsWrong);
                            }

                            await SendAsync(
                                good.WithQuery(name, "1", "2"),
                                SweepValues.KindOf(parameter.Schema!.Unwrap()) == JsonSchemaType.Integer
                            );
                            break;
                        case ParameterLocation.Header:
                            await SendAsync(good.WithHeader(name, new string('k', 256)), isWrong: true);
                            await SendAsync(good.WithHeader(name, "\" or 1=1 --"), isWrong: false);
                            await SendAsync(good.WithHeader(name, "tab\tinside"), isWrong: true);
                            break;
                        default:
                            sweep.Find($"{operation.Name}: the sweep does not know parameters in {parameter.In}.");
                            break;
                    }
                }

                Task SendAsync(SweepRequest request, bool isWrong) =>
                    sweep.SendAsync(
                        request,
                        sweep.RightfulCaller(operation),
                        isWrong ? Expected.Refusal : Expected.NoFailure
                    );
            }
        );
    }

    [Fact]
    public async Task Headers_in_UTF_8_change_nothing()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations,
            async operation =>
            {
                var request = (await sweep.Recipes.MakeAsync(operation))
                    .WithHeader("User-Agent", "브라우저/1.0")
                    .WithHeader("Referer", "https://쇼핑몰.example/머그컵")
                    .WithHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .WithHeader("tracestate", "상점=머그컵")
                    .WithHeader("baggage", "상점=머그컵")
                    .WithHeader("Cookie", "최근본상품=머그컵");
                await sweep.SendAsync(
                    request,
                    sweep.RightfulCaller(operation),
                    SweepRecipes.Refusals.ContainsKey(operation.Name) ? Expected.Refusal : Expected.Success
                );
            }
        );
    }

    [Fact]
    public async Task Every_charset_is_read_or_refused()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.Body is not null),
            async operation =>
            {
                foreach (var charset in new[] { "\"utf-8\"", "utf-16", "euc-kr" })
                {
                    var good = await sweep.Recipes.MakeAsync(operation);
                    var encoding = CodePages(charset.Trim('"'));
                    await SendAsync(
                        good,
                        charset,
                        encoding.GetBytes(good.Body!.ToJsonString()),
                        SweepRecipes.Refusals.ContainsKey(operation.Name) ? Expected.Refusal : Expected.Success
                    );
                }

                var odd = await sweep.Recipes.MakeAsync(operation);
                foreach (var charset in new[] { "klingon", "\"klingon\"", "utf-7", "'utf-8'", "\"한글\"" })
                {
                    await SendAsync(
                        odd,
                        charset,
                        Encoding.UTF8.GetBytes(odd.Body!.ToJsonString()),
                        Expected.Refusal,
                        HttpStatusCode.UnsupportedMediaType
                    );
                }

                Task SendAsync(
                    SweepRequest request,
                    string charset,
                    byte[] body,
                    Expected expected,
                    HttpStatusCode? exactly = null
                ) =>
                    sweep.SendAsync(
                        request.WithContent(
                            $"charset={charset}",
                            () =>
                            {
                                var content = new ByteArrayContent(body);
                                content.Headers.TryAddWithoutValidation(
                                    "Content-Type",
                                    $"application/json; charset={charset}"
                                );
                                return content;
                            }
                        ),
                        sweep.RightfulCaller(operation) is { } caller ? $"Bearer {caller.Token}" : null,
                        expected,
                        mayKnow: operation.IsForAdmins,
                        exactly
                    );
            }
        );
    }

    [Fact]
    public async Task No_size_of_a_chunk_is_the_shop_s_fault()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.WantsBody),
            async operation =>
            {
                using var message = (await sweep.Recipes.MakeIntrusionAsync(operation)).ToMessage();
                var type = operation.WantsPicture ? "image/png" : "application/json";
                var token = sweep.RightfulCaller(operation)?.Token;
                foreach (var size in new[] { "80000000", "ffffffffffffffffffff", "-1", "zz", "" })
                {
                    await sweep.SendRawAsync(
                        $"{operation.Name} with a chunk of '{size}'",
                        $"{operation.Method} {message.RequestUri} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
                            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
                            + $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"
                    );
                }
            }
        );
    }

    [Fact]
    public async Task A_head_answers_as_a_get()
    {
        var sweep = await StartAsync();

        await sweep.OverAsync(
            sweep.World.Operations.Where(operation => operation.Method == HttpMethod.Get),
            async operation =>
                await sweep.CompareHeadAsync(await sweep.Recipes.MakeAsync(operation), sweep.RightfulCaller(operation))
        );
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_refused()
    {
        var sweep = await StartAsync();
        var paths = sweep.World.Operations.GroupBy(operation => operation.Path).Select(path => path.First());

        await sweep.OverAsync(
            paths,
            async operation =>
            {
                var request = await sweep.Recipes.MakeIntrusionAsync(operation);
                var known = sweep
                    .World.Operations.Where(other => other.Path == operation.Path)
                    .Select(other => other.Method);
                foreach (var method in s_methods.Except(known))
                {
                    var code = await sweep.SendAsync(
                        request with
                        {
                            Method = method,
                            Label = method.Method,
                        },
                        sweep.World.Admin,
                        Expected.Refusal
                    );
                    if (code is not ("method_not_allowed" or "not_found"))
                    {
                        sweep.Find($"{operation.Name} with {method}: should not be there, but is {code}");
                    }
                }
            }
        );
    }

    [Fact]
    public async Task Nothing_internal_is_there_for_the_outside()
    {
        var sweep = await StartAsync();
        var id = sweep.World.VictimsOrder.Id.ToString(CultureInfo.InvariantCulture);
        var paths = sweep
            .World.Operations.Select(operation =>
                operation.Path.Replace("/api/", "/internal/", StringComparison.Ordinal)
            )
            .Concat(["/internal", $"/internal/users/{sweep.World.Victim.UserId}", "/internal/stock/take"])
            .Concat(["/internal/orders/events", $"/internal/orders/by-id/{id}", "/api/internal/users/1"])
            .Distinct();

        foreach (var path in paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                var request = new SweepRequest(new SweepOperation(method, path, new OpenApiOperation()));
                foreach (var caller in new[] { sweep.World.Admin, null })
                {
                    await sweep.SendAsync(
                        request,
                        caller is null ? null : $"Bearer {caller.Token}",
                        Expected.Refusal,
                        exactly: HttpStatusCode.NotFound
                    );
                }
            }
        }

        sweep.Finish();
    }

    /// <summary>The body with each member, at every depth, wrong or at its limits in turn, or missing.</summary>
    private static IEnumerable<(string Label, JsonNode? Body, bool IsWrong)> Mutations(
        IOpenApiSchema reference,
        JsonNode good
    )
    {
        var schema = reference.Unwrap();
        if (good is JsonArray array)
        {
            return Mutations(schema.Items!, array[0]!)
                .Select(item => ($"[0]{item.Label}", (JsonNode?)new JsonArray(item.Body), item.IsWrong));
        }

        if (good is not JsonObject members || schema.Properties is not { Count: > 0 } properties)
        {
            return [];
        }

        return properties.SelectMany(property =>
        {
            var (name, member) = (property.Key, property.Value);
            var required = schema.Required?.Contains(name) == true;
            return SweepValues
                .ForBody(member.Unwrap(), required)
                .Select(value => ($".{name} = {value.Label}", Replace(name, value.Value), value.IsWrong))
                .Append(($" no {name}", Remove(name), required))
                .Concat(
                    members[name] is { } inner
                        ? Mutations(member, inner)
                            .Select(mutation =>
                                ($".{name}{mutation.Item1}", Replace(name, mutation.Item2), mutation.Item3)
                            )
                        : []
                );
        });

        JsonNode? Replace(string name, JsonNode? value)
        {
            var changed = members.DeepClone().AsObject();
            changed[name] = value;
            return changed;
        }

        JsonNode? Remove(string name)
        {
            var changed = members.DeepClone().AsObject();
            changed.Remove(name);
            return changed;
        }
    }

    private static Encoding CodePages(string charset)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(charset);
    }

    private static ByteArrayContent Bytes(byte[] bytes, string type) =>
        new(bytes) { Headers = { ContentType = new(type) } };

    private async Task<Sweep> StartAsync()
    {
        if (s_world?.Shop != shop || s_world.Value.World.IsFaulted)
        {
            s_world = (shop, SweepWorld.CreateAsync(shop));
        }

        return new Sweep(await s_world.Value.World);
    }
}
