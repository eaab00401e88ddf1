using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.UserSecrets;

/// <summary>The AppHost's user secrets, to read and to write.</summary>
internal sealed class UserSecretsStore(string? filePath)
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };
    private static readonly Lock s_lock = new();

    public static UserSecretsStore For(Assembly? assembly) =>
        new(
            assembly?.GetCustomAttribute<UserSecretsIdAttribute>() is { } attribute
                ? PathHelper.GetSecretsPathFromSecretsId(attribute.UserSecretsId)
                : null
        );

    /// <summary>The secret of this key; a new one is made and kept if there is none.</summary>
    public string GetOrAdd(string key, Func<string> create)
    {
        lock (s_lock)
        {
            if (filePath is null)
            {
                return create();
            }

            Directory.CreateDirectory(Path.GetDirectoryName(filePath)!);
            using var gate = Gate();
            var secrets = Read();
            if (Find(secrets, key) is { Length: > 0 } known)
            {
                return known;
            }

            var value = create();
            secrets[key] = value;
            Write(secrets);
            return value;
        }
    }

    /// <summary>Secrets may be written flat, as here, or nested, as by hand.</summary>
    private static string? Find(JsonObject secrets, string key)
    {
        if (secrets[key] is JsonValue flat)
        {
            return flat.ToString();
        }

        JsonNode? node = secrets;
        foreach (var part in key.Split(':'))
        {
            node = (node as JsonObject)?[part];
        }

        return (node as JsonValue)?.ToString();
    }

    /// <summary>Two AppHosts may start at the same moment.</summary>
    private FileStream Gate()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(filePath + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    private JsonObject Read() =>
        File.Exists(filePath)
            ? JsonNode.Parse(
                File.ReadAllText(filePath),
                documentOptions: new JsonDocumentOptions
                {
                    CommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true,
                }
            ) as JsonObject
                ?? []
            : [];

    private void Write(JsonObject secrets)
    {
        var temporary = $"{filePath}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(secrets.ToJsonString(s_options));
        }

        File.Move(temporary, filePath!, overwrite: true);
    }
}
