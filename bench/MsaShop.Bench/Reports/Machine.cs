using System.Globalization;
using System.Runtime.InteropServices;

namespace MsaShop.Bench.Reports;

/// <summary>Describes the machine for readers of its numbers.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var gibibytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({Processor()}), {gibibytes:F0} GiB, {System()}, {RuntimeInformation.FrameworkDescription}"
        );
    }

    private static string Processor() =>
        Find("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string System() =>
        Find("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription;

    private static string? Find(string file, string key, char separator) =>
        File.Exists(file)
            ? File.ReadLines(file)
                .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
                ?.Split(separator, 2)[1]
                .Trim()
            : null;
}
