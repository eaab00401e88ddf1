using MsaShop.UserService;
using MsaShop.UserService.Accounts;
using MsaShop.UserService.Sessions;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(ServiceNames.Users);
builder.AddAccessTokens();
builder.AddShopOpenApi("MSA Shop: users");
builder.AddMySqlDbContext<UserDbContext>("userdb", configureDbContextOptions: options => options.RetryBriefly());
builder.Services.AddValidation();
builder.AddAccounts();
builder.AddSessions();

var app = builder.Build();

app.UseForwardedHeaders();
app.UseServiceDefaults();
app.MapSignup();
app.MapSessions();
app.MapProfile();
app.MapUserAdministration();
app.MapInternal().MapUserLookup();

await app.RunOrMigrateAsync<UserDbContext>(args, [new("users", "email", "name")], FirstAccountSeed.SeedAsync);
