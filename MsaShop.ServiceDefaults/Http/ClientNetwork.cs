using System.Net;
using System.Net.Sockets;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>Identifies a client for rate limits.</summary>
public static class ClientNetwork
{
    /// <summary>The IPv4 address, or the /64 network of an IPv6 address: a client owns all of it.</summary>
    public static string Of(IPAddress? address)
    {
        address ??= IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
