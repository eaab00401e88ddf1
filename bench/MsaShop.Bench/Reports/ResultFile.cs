using System.Text.Encodings.Web;
using System.Text.Json;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>The last results of a benchmark, and the machine that gave them.</summary>
/// <param name="Day">When it ran.</param>
/// <param name="Machine">On what.</param>
/// <param name="Rows">What came out.</param>
internal sealed record Results(DateOnly Day, string Machine, IReadOnlyList<Row> Rows);

/// <summary>The last results of every benchmark, in a file of JSON.</summary>
internal sealed class ResultFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;
    private readonly SortedDictionary<string, Results> _results;

    private ResultFile(string path, SortedDictionary<string, Results> results)
    {
        _path = path;
        _results = results;
    }

    /// <summary>Reads the file; there may be none yet.</summary>
    public static ResultFile Load(string path) =>
        new(
            path,
            File.Exists(path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, Results>>(File.ReadAllText(path), s_json)!
                : []
        );

    /// <summary>The last results of a benchmark, if it ever ran.</summary>
    public Results? Of(string benchmark) => _results.GetValueOrDefault(benchmark);

    /// <summary>Takes new results in.</summary>
    public void Put(string benchmark, IReadOnlyList<Row> rows) =>
        _results[benchmark] = new Results(DateOnly.FromDateTime(DateTime.UtcNow), Machine.Describe(), rows);

    /// <summary>Writes the file.</summary>
    public void Save() => File.WriteAllText(_path, JsonSerializer.Serialize(_results, s_json) + "\n");
}
