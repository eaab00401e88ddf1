using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using MsaShop.ServiceDefaults;
using MsaShop.Testing;

namespace MsaShop.Gateway.Tests;

/// <summary>The gateway on a real port, since much of what it does is up to the server, before one stub for all services.</summary>
public sealed class GatewayFactory : ServiceFactory<Program>
{
    private static readonly string[] s_services =
    [
        ServiceNames.Users,
        ServiceNames.Products,
        ServiceNames.Orders,
        ServiceNames.Payments,
    ];

    private StubService? _stub;

    /// <summary>What user-svc says about a user.</summary>
    public Func<long, IResult> AboutUser { get; set; } = id => User(id, "ADMIN");

    /// <summary>Whom user-svc has been asked about, and with what.</summary>
    public ConcurrentQueue<(long UserId, string Authorization)> Asked { get; } = new();

    public GatewayFactory()
    {
        Settings["RateLimits:SignIn:Permits"] = "1000";
        Settings["RateLimits:SignInAddress:Permits"] = "1000";
        Settings["Routing:ActivityTimeout"] = "00:00:03";
        Settings["Routing:PaymentActivityTimeout"] = "00:00:20";
        Settings["Routing:HealthInterval"] = "00:00:01";
        UseKestrel(0);
    }

    public override async Task InitializeAsync()
    {
        _stub = await StubService.StartAsync(app =>
        {
            app.MapGet("/internal/users/{id:long}", (long id, HttpContext context) => AnswerAboutUser(id, context));
            app.Map(
                "/{**path}",
                async (HttpContext context) =>
                {
                    using var body = new StreamReader(context.Request.Body);
                    await body.ReadToEndAsync();
                    if (TimeSpan.TryParse(context.Request.Query["wait"], CultureInfo.InvariantCulture, out var wait))
                    {
                        await Task.Delay(wait, context.RequestAborted);
                    }

                    context.Response.Headers["Idempotency-Replayed"] = "true";
                    return TypedResults.Ok(
                        new
                        {
                            path = context.Request.Path.Value,
                            url = context.Request.GetEncodedPathAndQuery(),
                            host = context.Request.Host.Value,
                            headers = context.Request.Headers.ToDictionary(
                                header => header.Key.ToLowerInvariant(),
                                header => header.Value.ToString()
                            ),
                        }
                    );
                }
            );
        });
        foreach (var service in s_services.Where(service => !Settings.ContainsKey($"services:{service}:http:0")))
        {
            UseService(service, _stub.Address);
        }

        await base.InitializeAsync();
        StartServer();
    }

    /// <summary>What user-svc says of a user in this role.</summary>
    public static IResult User(long id, string role) =>
        Results.Ok(
            new
            {
                id,
                email = $"user{id}@example.com",
                name = $"User {id}",
                role,
                createdAt = DateTime.UtcNow,
            }
        );

    private IResult AnswerAboutUser(long id, HttpContext context)
    {
        Asked.Enqueue((id, context.Request.Headers.Authorization.ToString()));
        return AboutUser(id);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_stub is not null)
        {
            await _stub.DisposeAsync();
        }
    }
}
