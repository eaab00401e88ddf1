// The AppHost that the tests of Aspire.Hosting.Testing run.
var builder = DistributedApplication.CreateBuilder(args);

if (args.Contains("--fail"))
{
    throw new InvalidOperationException("Told to fail.");
}

var secret = builder.AddParameter("secret", "kept", secret: true);
builder.AddConnectionString("db", ReferenceExpression.Create($"Server=localhost;Password={secret}"));
builder.AddExecutable("program", "dotnet", ".", "--version").WithHttpEndpoint();

builder.Build().Run();
