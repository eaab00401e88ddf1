using System.Diagnostics;
using System.Globalization;

namespace MsaShop.AppHost.Starting;

/// <summary>Keeps other shops off this shop's data until its process ends, however it ends.</summary>
internal sealed class DataDirectoryClaim : IDisposable
{
    private const string LockFile = "in-use";

    /// <summary>Separate, because no other process can read a locked file.</summary>
    private const string HolderFile = "in-use-by";

    /// <summary>How long processes that use a folder may take to end.</summary>
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly string _folder;

    /// <exception cref="DistributedApplicationException">Another shop has the folder.</exception>
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

    public void Dispose()
    {
        _file.Dispose();
        if (IsThrowaway(_folder))
        {
            Delete(_folder);
        }
    }

    /// <summary>Deletes the throwaway folders of shops that were killed.</summary>
    private static void DeleteAbandoned()
    {
        if (!Directory.Exists(DataDirectory.Throwaways))
        {
            return;
        }

        var running = Process.GetProcesses().Select(process => process.Id).ToHashSet();
        foreach (var folder in Directory.GetDirectories(DataDirectory.Throwaways))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && !running.Contains(id)
            )
            {
                Delete(folder);
            }
        }
    }

    /// <summary>Retries while the folder's last users are ending and still write to it.</summary>
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

    /// <summary>Opens the lock file; null if another process has it open.</summary>
    private static FileStream? TryOpen(string folder)
    {
        try
        {
            // Of all sharing modes, only this one is a lock on every system.
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
