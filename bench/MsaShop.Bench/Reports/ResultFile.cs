using System.Text.Encodings.Web;
using System.Text.Json;
using MsaShop.Bench.Benchmarks;

namespace MsaShop.Bench.Reports;

/// <summary>The latest results of a benchmark.</summary>
/// <param name="Machine">The machine's description.</param>
internal sealed record Results(DateOnly Day, string Machine, IReadOnlyList<Row> Rows);

/// <summary>The latest results of every benchmark, in a JSON file.</summary>
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

    /// <summary>Reads the file, which need not exist yet.</summary>
    public static ResultFile Load(string path) =>
        new(
            path,
            File.Exists(path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, Results>>(File.ReadAllText(path), s_json)!
                : []
        );

    public Results? Of(string benchmark) => _results.GetValueOrDefault(benchmark);

    public void Put(string benchmark, IReadOnlyList<Row> rows) =>
        _results[benchmark] = new Results(DateOnly.FromDateTime(DateTime.UtcNow), Machine.Describe(), rows);

    public void Save() => File.WriteAllText(_path, JsonSerializer.Serialize(_results, s_json) + "\n");
}
