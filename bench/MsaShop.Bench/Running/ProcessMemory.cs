using System.Diagnostics;
using System.Globalization;

namespace MsaShop.Bench.Running;

/// <param name="Own">
/// Private memory, in bytes: heaps and JIT-compiled code. The kernel cannot reclaim it, so a pod that reaches its limit
/// with it is killed.
/// </param>
/// <param name="Files">Bytes of program files, which all services share and the kernel can reclaim.</param>
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
        // Compiled code and the runtime's tables are in shared memory, although no other process has it.
        return new ProcessMemory((kibibytes["RssAnon"] + kibibytes["RssShmem"]) * 1024, kibibytes["RssFile"] * 1024);
    }
}
