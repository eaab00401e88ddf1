using System.Net;
using System.Net.Sockets;

namespace MsaShop.ServiceDefaults.Http;

/// <summary>What rate limits take for one client.</summary>
public static class ClientNetwork
{
    /// <summary>The client's address; for IPv6 the network, whose addresses are all one client's.</summary>
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
