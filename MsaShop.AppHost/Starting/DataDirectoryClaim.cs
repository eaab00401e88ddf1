using System.Diagnostics;
using System.Globalization;

namespace MsaShop.AppHost.Starting;

/// <summary>Keeps a second shop off this one's data for as long as this one runs, however it ends.</summary>
internal sealed class DataDirectoryClaim : IDisposable
{
    private const string LockFile = "in-use";

    /// <summary>Apart, for no other process can read a file that is locked.</summary>
    private const string HolderFile = "in-use-by";

    /// <summary>How long what has used a folder may take to end.</summary>
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly string _folder;

    /// <summary>Claims the folder.</summary>
    /// <exception cref="DistributedApplicationException">Another shop has it.</exception>
    public DataDirectoryClaim(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _file =
            TryOpen(_folder)
            ?? throw new DistributedApplicationException(
                $"Another shop, pid {ReadHolder(_folder)}, uses {_folder}: stop it, or give this one a folder of its own with --{DataDirectory.Key}=<folder>."
            );
        File.WriteAllText(
            Path.Combine(_folder, HolderFile),
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
        );
        DeleteAbandoned();
    }

    /// <summary>Lets the folder go, and removes it if it is this shop's alone.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (IsThrowaway(_folder))
        {
            Delete(_folder);
        }
    }

    /// <summary>Removes what shops on random ports have left behind that were killed.</summary>
    private static void DeleteAbandoned()
    {
        if (!Directory.Exists(DataDirectory.Throwaways))
        {
            return;
        }

        var running = Process.GetProcesses().Select(process => process.Id).ToHashSet();
        foreach (var folder in Directory.GetDirectories(DataDirectory.Throwaways))
        {
            // Folders are named after their process.
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && !running.Contains(id)
            )
            {
                Delete(folder);
            }
        }
    }

    /// <summary>Removes the folder, even while its last users are ending and still write there.</summary>
    private static void Delete(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        while (Directory.Exists(folder))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException
                    && Stopwatch.GetElapsedTime(started) < s_endLimit
                )
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    private static bool IsThrowaway(string folder) => Path.GetDirectoryName(folder) == DataDirectory.Throwaways;

    /// <summary>Null if another process has it open.</summary>
    private static FileStream? TryOpen(string folder)
    {
        try
        {
            // Of the ways to share a file, this one is a lock on every system.
            return new FileStream(Path.Combine(folder, LockFile), FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string ReadHolder(string folder)
    {
        var file = Path.Combine(folder, HolderFile);
        return File.Exists(file) ? File.ReadAllText(file) : "unknown";
    }
}
