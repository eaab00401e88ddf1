using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace MsaShop.UserService.Accounts;

/// <summary>Requires an e-mail address that fits its column.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ShopEmailAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is not string text
        || (
            text.Trim() is { Length: > 0 and <= User.MaxEmailLength } email
            && MailAddress.TryCreate(email, out var parsed)
            // "Name <a@b>" parses too, but is more than an address.
            && parsed.Address == email
            && !email.Any(char.IsControl)
        );

    public override string FormatErrorMessage(string name) =>
        $"The field {name} must be an e-mail address of at most {User.MaxEmailLength} characters.";
}
