using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace MsaShop.ProductService.Catalogue;

/// <summary>The configuration section <c>Pictures</c>.</summary>
public sealed class PictureOptions
{
    /// <summary>
    /// Hosts that may serve pictures besides the shop, such as <c>pictures.example.com</c>, over https only. The
    /// storefront's web server has to allow them too (<c>PICTURE_ORIGINS</c>).
    /// </summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>
    /// How long an uploaded picture without a product is kept: the time to save the form that it was uploaded in.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepUnused { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>
/// The address of a picture: the shop's own, or on a listed host. Every visitor's browser requests it, with the visitor's
/// cookies if it is the shop's own, so it must lead to nothing else.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class PictureAddressAttribute : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

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

    // Excludes "." and "..".
    [GeneratedRegex("^" + ProductImagesApi.BasePath + @"/[A-Za-z0-9_-][A-Za-z0-9._-]*\z")]
    private static partial Regex OwnPicture { get; }
}
