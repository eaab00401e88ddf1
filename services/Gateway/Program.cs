using MsaShop.Gateway.ApiReference;
using MsaShop.Gateway.Protection;
using MsaShop.Gateway.Routing;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Gateway);
builder.AddAccessTokens();
builder.AddClientAddresses();
builder.AddStorefrontCors();
builder.AddRateLimits();
builder.AddAdminVouching();
builder.AddRoutesToServices();

var app = builder.Build();

app.UseClientAddresses();
app.UseSecurityHeaders();
app.UseCors();

// The limits count a signed-in user's requests, wherever they come from.
app.UseServiceDefaults(useOnceAuthenticated: edge => edge.UseSignIns().UseRateLimiter());
app.UseBodySizeLimit();
app.MapRoutesToServices();
app.MapApiReference();
app.MapNothingElse();

await app.RunAsync();
