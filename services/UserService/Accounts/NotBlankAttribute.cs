using System.ComponentModel.DataAnnotations;

namespace MsaShop.UserService.Accounts;

/// <summary>Requires more than blanks. A missing value is valid.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotBlankAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not string text || !string.IsNullOrWhiteSpace(text);

    public override string FormatErrorMessage(string name) => $"The field {name} must not be blank.";
}
