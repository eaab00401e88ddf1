namespace MsaShop.UserService.Accounts;

/// <summary>E-mail addresses as the shop compares them.</summary>
public static class EmailAddresses
{
    /// <summary>Without surrounding blanks and in lower case, so that one mailbox has one account.</summary>
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
