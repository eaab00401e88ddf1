using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace MsaShop.ProductService.Catalogue;

/// <summary>Which pictures products may have: the configuration section <c>Pictures</c>.</summary>
public sealed class PictureOptions
{
    /// <summary>
    /// Where else they may lie: the hosts, such as <c>pictures.example.com</c>, by https. The storefront's pages show them only if its web server is told
    /// of them, too (<c>PICTURE_ORIGINS</c>).
    /// </summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>How long an uploaded picture is kept that no product shows: whoever still fills in a form has so long to save it.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepUnused { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>
/// The address of a picture: one that the shop itself serves, or one on a host of the list. Every visitor's browser asks for
/// it, with the visitor's cookies where it is the shop's own; so it must lead to nothing else.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class PictureAddressAttribute : ValidationAttribute
{
    /// <inheritdoc />
    public override bool RequiresValidationContext => true;

    /// <inheritdoc />
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var hosts = validationContext.GetRequiredService<IOptions<PictureOptions>>().Value.Hosts;
        return value is not string { Length: > 0 } address || OwnPicture.IsMatch(address) || IsOnHost(address, hosts)
            ? ValidationResult.Success
            : new ValidationResult(
                $"The field {validationContext.DisplayName} must be the address of an uploaded picture, or https on one of the hosts that the shop allows.",
                [validationContext.MemberName!]
            );
    }

    private static bool IsOnHost(string address, IReadOnlyList<string> hosts) =>
        address.StartsWith("https://", StringComparison.Ordinal)
        && !address.Contains('\\')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { IsDefaultPort: true, UserInfo: "" }
        && hosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase);

    // Not "." and "..".
    [GeneratedRegex("^" + ProductImagesApi.BasePath + @"/[A-Za-z0-9_-][A-Za-z0-9._-]*\z")]
    private static partial Regex OwnPicture { get; }
}
