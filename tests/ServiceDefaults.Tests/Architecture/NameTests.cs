using System.Text.RegularExpressions;
using MsaShop.Testing;

namespace MsaShop.ServiceDefaults.Tests.Architecture;

/// <summary>Things are where their names say.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void A_file_is_named_after_a_type_that_it_holds() => Assert.DoesNotContain(SourceFiles(), IsMisnamed);

    [Fact]
    public void What_adds_a_feature_stands_in_the_file_of_that_name()
    {
        // Those of the libraries are named after what they give a service, not after a feature of it.
        Assert.Empty(
            SourceFiles()
                .Where(file => file.Path.StartsWith(Repository.PathOf("services"), StringComparison.Ordinal))
                .SelectMany(FindStrayAdditions)
        );
    }

    [Fact]
    public void A_feature_that_is_added_and_mapped_is_both_in_Program()
    {
        var services = Directory.GetDirectories(Repository.PathOf("services"));

        Assert.Equal(5, services.Length);
        Assert.All(
            services,
            service =>
            {
                var program = File.ReadAllText(Path.Combine(service, "Program.cs"));
                var texts = SourceFiles().Where(file => file.Path.StartsWith(service, StringComparison.Ordinal));
                Assert.Empty(FindUnpaired(program, string.Join('\n', texts.Select(file => file.Text))));
            }
        );
    }

    [Theory]
    [InlineData("Order.cs", "public enum OrderStatus;\npublic sealed class Order;", false)]
    [InlineData("NotBlankAttribute.cs", "internal sealed class NotBlankAttribute : Attribute;", false)]
    [InlineData("WordOf.cs", "public sealed class WordOfAttribute<TEnum> { }", false)]
    [InlineData("CardResponse.cs", "internal static class CardResponseExtensions { }", false)]
    [InlineData("Paging.cs", "public sealed record PagedList<T>;\npublic record PageRequest;", true)]
    [InlineData("Order.cs", "/// <summary>Of class Order.</summary>\npublic sealed class Orders { }", true)]
    public void A_file_of_another_name_is_found(string name, string text, bool isMisnamed) =>
        Assert.Equal(isMisnamed, IsMisnamed(new SourceFile(name, text)));

    [Theory]
    [InlineData("StockExtensions.cs", "AddStock(this IHostApplicationBuilder builder)", 0)]
    [InlineData("OrdersApi.cs", "AddOrders(this IHostApplicationBuilder builder)", 0)]
    [InlineData("SignupApi.cs", "AddAccounts(this IHostApplicationBuilder builder)", 1)]
    public void An_addition_in_another_file_is_found(string name, string text, int found) =>
        Assert.Equal(found, FindStrayAdditions(new SourceFile(name, text)).Count());

    [Theory]
    [InlineData("builder.AddPlacing(); app.MapPlacing();", 0)]
    [InlineData("builder.AddPlacing(); app.MapOrders();", 1)]
    [InlineData("builder.AddStock();", 0)]
    public void A_map_that_is_missing_in_Program_is_found(string program, int found) =>
        Assert.Equal(
            found,
            FindUnpaired(program, "void MapPlacing(this IEndpointRouteBuilder app) void AddStock(").Count()
        );

    [Fact]
    public void A_feature_is_added_to_the_builder() =>
        Assert.Empty(SourceFile.In("services").SelectMany(FindAdditionsToServices));

    [Fact]
    public void The_database_context_is_called_database() =>
        Assert.Empty(SourceFile.In("services").SelectMany(FindOtherContextNames));

    [Theory]
    [InlineData("void AddStock(this IHostApplicationBuilder builder)", 0)]
    [InlineData("IServiceCollection AddStock(this IServiceCollection services)", 1)]
    public void A_feature_that_is_added_to_something_else_is_found(string text, int found) =>
        Assert.Equal(found, FindAdditionsToServices(new SourceFile("StockExtensions.cs", text)).Count());

    [Theory]
    [InlineData("class OrderStore(OrderDbContext database)", 0)]
    [InlineData("class OrderStore(OrderDbContext context)", 1)]
    [InlineData("var db = services.GetRequiredService<OrderDbContext>();", 1)]
    public void Another_name_for_the_database_context_is_found(string text, int found) =>
        Assert.Equal(found, FindOtherContextNames(new SourceFile("OrderStore.cs", text)).Count());

    /// <summary>Small types may keep another company; one of them has the file's name.</summary>
    private static bool IsMisnamed(SourceFile file)
    {
        var types = TypeDeclaration().Matches(file.Text).Select(match => match.Groups["name"].Value);
        return !types.Any(type =>
            type == file.Name || type == $"{file.Name}Attribute" || type == $"{file.Name}Extensions"
        );
    }

    private static IEnumerable<string> FindStrayAdditions(SourceFile file) =>
        from match in Addition().Matches(file.Text)
        let feature = match.Groups["feature"].Value
        where !new[] { feature, $"{feature}Api", $"{feature}Extensions" }.Contains(file.Name)
        select $"Add{feature} in {file.Path}";

    private static IEnumerable<string> FindAdditionsToServices(SourceFile file) =>
        from match in Addition().Matches(file.Text)
        where match.Groups["receiver"].Value != "IHostApplicationBuilder"
        select $"Add{match.Groups["feature"].Value} in {file.Path}";

    private static IEnumerable<string> FindOtherContextNames(SourceFile file) =>
        from match in ContextName().Matches(file.Text)
        where match.Groups["name"].Value != "database"
        select $"{match.Value} in {file.Path}";

    private static IEnumerable<string> FindUnpaired(string program, string texts) =>
        from match in AdditionCall().Matches(program)
        let feature = match.Groups["feature"].Value
        where texts.Contains($" Map{feature}(this ", StringComparison.Ordinal)
        where !program.Contains($".Map{feature}(", StringComparison.Ordinal)
        select $"Map{feature}";

    private static IEnumerable<SourceFile> SourceFiles() =>
        SourceFile
            .In("services")
            .Concat(SourceFile.In("MsaShop.ServiceDefaults"))
            .Where(file => Path.GetFileName(file.Path) != "Program.cs");

    [GeneratedRegex(
        @"^(?!\s*//).*?\b(class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(
        @"\bAdd(?<feature>\w+)\(this (?<receiver>IServiceCollection|IHostApplicationBuilder|WebApplicationBuilder) "
    )]
    private static partial Regex Addition();

    [GeneratedRegex(@"\w+DbContext (?<name>[a-z]\w*)\b|\bvar (?<name>\w+) = [\w.]+\.GetRequiredService<\w+DbContext>")]
    private static partial Regex ContextName();

    [GeneratedRegex(@"\.Add(?<feature>\w+)\(")]
    private static partial Regex AdditionCall();
}
