using System.Diagnostics;
using System.Globalization;

namespace MsaShop.Bench.Running;

/// <summary>The memory of a process, in bytes.</summary>
/// <param name="Own">
/// Heaps and compiled code, which the kernel cannot reclaim: a pod that reaches its limit with it is killed.
/// </param>
/// <param name="Files">
/// Pages of program files, shared by all services on a machine and reclaimed by the kernel as needed.
/// </param>
public sealed record ProcessMemory(long Own, long Files)
{
    internal static ProcessMemory Of(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            process.Refresh();
            return new ProcessMemory(process.PrivateMemorySize64, 0);
        }

        var kibibytes = File.ReadLines($"/proc/{process.Id}/status")
            .Where(line => line.StartsWith("Rss", StringComparison.Ordinal))
            .Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
        // Compiled code and the runtime's tables are in shared memory, although nobody else has it.
        return new ProcessMemory((kibibytes["RssAnon"] + kibibytes["RssShmem"]) * 1024, kibibytes["RssFile"] * 1024);
    }
}
