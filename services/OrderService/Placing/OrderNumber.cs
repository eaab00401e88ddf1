using System.Globalization;
using System.Security.Cryptography;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// Public order numbers such as <c>261122-7K2M9QX4T8WNB3CD</c>: the shop's local date, for orientation, and 80 random bits,
/// so that they cannot be guessed. They are the <c>orderId</c> at Toss Payments.
/// </summary>
public static class OrderNumber
{
    /// <summary>Digits and capitals without the ambiguous ones: 32, worth five bits each.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly TimeZoneInfo s_zone = ShopTimeZone.Find(ShopTimeZone.Default);

    /// <param name="now">In UTC.</param>
    public static string Create(DateTime now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{s_zone.DayAt(now):yyMMdd}-{RandomNumberGenerator.GetString(Alphabet, 16)}"
        );
}
