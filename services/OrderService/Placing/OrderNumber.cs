using System.Globalization;
using System.Security.Cryptography;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// Public order numbers, such as <c>20261122-7K2M9QX4T8WNB3CDHJ5V</c>: the day, to find one's way, and 100 random bits,
/// so that nobody guesses another's. Toss Payments gets them as its <c>orderId</c>.
/// </summary>
public static class OrderNumber
{
    /// <summary>Digits and capitals without those that are misread: 32, so each is worth five bits.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes a number that no order has.</summary>
    public static string Create(DateTime now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd}-{RandomNumberGenerator.GetString(Alphabet, 20)}");
}
