using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.UserSecrets;

namespace Aspire.Hosting.Tests;

public class ParameterTests
{
    [Theory]
    [InlineData("Parameters:admin-password")]
    [InlineData("Parameters:admin_password")]
    public async Task The_configuration_wins_over_the_default(string key)
    {
        var builder = TestModel.Run();
        builder.Configuration[key] = "given";

        var parameter = builder.AddParameter("admin-password", new GenerateParameterDefault { MinLength = 22 });

        Assert.Equal("given", await parameter.Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_parameter_without_a_value_says_how_to_give_one()
    {
        var parameter = TestModel.Run().AddParameter("admin-password");

        var exception = await Assert.ThrowsAsync<MissingParameterValueException>(async () =>
            await parameter.Resource.GetValueAsync(CancellationToken.None)
        );

        Assert.Contains("Parameters__admin_password", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_value_keeps_to_its_rules()
    {
        var value = new GenerateParameterDefault
        {
            MinLength = 40,
            Special = false,
            Upper = false,
            MinNumeric = 10,
        }.GetDefaultValue();

        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 10);
        Assert.DoesNotContain(value, c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c));
    }

    [Fact]
    public void A_secret_is_made_once()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "id", "secrets.json");
            var first = new UserSecretsStore(file).GetOrAdd("Parameters:a", () => "1");
            var second = new UserSecretsStore(file).GetOrAdd("Parameters:a", () => "2");
            new UserSecretsStore(file).GetOrAdd("Parameters:b", () => "3");

            Assert.Equal(("1", "1"), (first, second));
            var secrets = JsonNode.Parse(File.ReadAllText(file))!;
            Assert.Equal("3", (string?)secrets["Parameters:b"]);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
