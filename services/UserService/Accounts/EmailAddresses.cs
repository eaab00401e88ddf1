namespace MsaShop.UserService.Accounts;

public static class EmailAddresses
{
    /// <summary>Trimmed and in lower case, so that a mailbox has one account.</summary>
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
