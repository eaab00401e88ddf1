using System.Globalization;
using System.Security.Cryptography;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// Public order numbers, such as <c>261122-7K2M9QX4T8WNB3CD</c>: the day that it is at the shop, to find one's way, and 80 random
/// bits, so that nobody guesses another's. Toss Payments gets them as its <c>orderId</c>.
/// </summary>
public static class OrderNumber
{
    /// <summary>Digits and capitals without those that are misread: 32, so each is worth five bits.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly TimeZoneInfo s_zone = ShopTimeZone.Find(ShopTimeZone.Default);

    /// <summary>Makes a number that no order has.</summary>
    /// <param name="now">The time, in UTC.</param>
    public static string Create(DateTime now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{s_zone.DayAt(now):yyMMdd}-{RandomNumberGenerator.GetString(Alphabet, 16)}"
        );
}
