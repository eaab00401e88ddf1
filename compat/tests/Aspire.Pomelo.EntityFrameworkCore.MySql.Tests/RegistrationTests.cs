using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Pomelo.EntityFrameworkCore.MySql.Tests;

public sealed class RegistrationTests
{
    private const string Section = "Aspire:Pomelo:EntityFrameworkCore:MySql";

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_connection_string_the_first_use_fails_and_names_it(string? connectionString)
    {
        using var host = Build(connectionString);

        var failure = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<Shelf>());

        Assert.Contains("ConnectionStrings:shelfdb", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_is_registered_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddMySqlDbContext<Shelf>("shelfdb");

        Assert.Throws<InvalidOperationException>(() => builder.AddMySqlDbContext<Shelf>("shelfdb"));
    }

    [Fact]
    public void The_section_of_the_context_goes_before_that_of_all()
    {
        using var host = Build(
            "Server=localhost;Database=shelf",
            ($"{Section}:ServerVersion", "8.4.0-mysql"),
            ($"{Section}:CommandTimeout", "5"),
            ($"{Section}:Shelf:CommandTimeout", "7")
        );

        Assert.Equal(7, host.Services.GetRequiredService<Shelf>().Database.GetCommandTimeout());
    }

    private static IHost Build(string? connectionString, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:shelfdb"] = connectionString;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddMySqlDbContext<Shelf>("shelfdb");
        return builder.Build();
    }

    private sealed class Shelf(DbContextOptions<Shelf> options) : DbContext(options);
}
