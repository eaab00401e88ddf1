using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.Data;

/// <summary>The tables' conventions: snake_case names, upper-case enum words, money as decimal, UTC times.</summary>
public static class ModelExtensions
{
    /// <summary>Sets the type conventions; call it in <c>ConfigureConventions</c>.</summary>
    public static void UseShopConventions(this ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTime>().HaveConversion<UtcConverter>().HaveColumnType("datetime(6)");
        configuration.Properties<decimal>().HavePrecision(15, 2);
    }

    /// <summary>Names every column in snake_case; call it last in <c>OnModelCreating</c>.</summary>
    public static void UseSnakeCaseNames(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            // By the table: the key of an owned type has its owner's column name.
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.GetColumnName(table)!));
            }
        }
    }

    /// <summary>Stores an enum as MySQL's ENUM of the words that the API uses, such as <c>OUT_OF_STOCK</c>.</summary>
    public static PropertyBuilder<TEnum> HasEnumColumn<TEnum>(this PropertyBuilder<TEnum> property)
        where TEnum : struct, Enum
    {
        var words = Enum.GetValues<TEnum>().Select(value => $"'{value.ToWord()}'");
        return property
            .HasConversion(value => value.ToWord(), word => EnumWords.Parse<TEnum>(word)!.Value)
            .HasColumnType($"enum({string.Join(',', words)})");
    }

    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(
            value => value.AsUtc(),
            value => DateTime.SpecifyKind(value, DateTimeKind.Utc)
        );
}
