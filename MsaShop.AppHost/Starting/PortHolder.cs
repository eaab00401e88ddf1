using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MsaShop.AppHost.Starting;

/// <summary>Finds out whether a TCP port is free and, on Linux, which process has it.</summary>
internal static class PortHolder
{
    private const string ListenState = "0A";

    /// <summary>Whether nobody listens on the port of the loopback addresses.</summary>
    public static bool IsFree(int port) =>
        CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    /// <summary>The process that listens on the port, as "name, pid 123"; null if unknown.</summary>
    public static string? Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = Inodes("/proc/net/tcp", port)
            .Concat(Inodes("/proc/net/tcp6", port))
            .Select(inode => $"socket:[{inode}]")
            .ToHashSet(StringComparer.Ordinal);

        return Directory
            .EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Where(folder => Holds(folder, sockets))
            .Select(folder =>
                $"{File.ReadAllText(Path.Combine(folder, "comm")).Trim()}, pid {Path.GetFileName(folder)}"
            )
            .FirstOrDefault();
    }

    private static bool CanBind(IPAddress address, int port)
    {
        // As servers on Unix do; otherwise a connection in TIME_WAIT would count as a listener.
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (!OperatingSystem.IsWindows())
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }

        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException exception)
            when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            // This machine has no such address, so nobody listens on it.
            return true;
        }
    }

    /// <summary>The inodes of the port's listeners: columns 2 (address:port), 4 (state) and 10 (inode).</summary>
    private static string[] Inodes(string table, int port)
    {
        if (!File.Exists(table))
        {
            return [];
        }

        var suffix = $":{port.ToString("X4", CultureInfo.InvariantCulture)}";
        return File.ReadLines(table)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[1].EndsWith(suffix, StringComparison.Ordinal) && columns[3] == ListenState)
            .Select(columns => columns[9])
            .ToArray();
    }

    private static bool Holds(string processFolder, HashSet<string> sockets)
    {
        try
        {
            return Directory
                .EnumerateFiles(Path.Combine(processFolder, "fd"))
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }
}
