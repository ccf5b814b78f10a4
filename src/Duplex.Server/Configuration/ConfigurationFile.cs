using System.Text.Json;
using System.Text.Unicode;

namespace Duplex.Server.Configuration;

/// <summary>Reads a configuration file: UTF-8 JSON, with or without a byte order mark.</summary>
internal static class ConfigurationFile
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Returns the file's JSON object; null when the file is invalid, after reporting the fault.</summary>
    public static JsonDocument? Read(string path, Findings findings)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            findings.Fail($"{path}: {exception.Message}");
            return null;
        }

        if (FaultOf(path, bytes) is { } fault)
        {
            findings.Fail($"{path}: {fault}");
            return null;
        }

        return Parse(path, bytes, findings);
    }

    private static JsonDocument? Parse(string path, byte[] bytes, Findings findings)
    {
        try
        {
            var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object && FaultOfTexts(document.RootElement) is null) return document;
            findings.Fail($"{path}: {(document.RootElement.ValueKind == JsonValueKind.Object ? FaultOfTexts(document.RootElement) : "a JSON object is expected.")}");
            document.Dispose();
        }
        catch (JsonException exception)
        {
            findings.Fail($"{path}: invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.{HintFor(path, bytes)}");
        }

        return null;
    }

    private static string? FaultOf(string path, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return "the file is UTF-16: save it as UTF-8.";
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty) return "the file is empty: {} is a configuration without options.";
        if (Utf8.IsValid(bytes)) return null;

        var at = 0;
        while (Utf8.IsValid(bytes.AsSpan(0, at + 1)) || IsBegun(bytes.AsSpan(0, at + 1))) at++;
        var line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
        var column = at - bytes.AsSpan(0, at).LastIndexOf((byte)'\n');
        return $"invalid UTF-8 at line {line}, byte {column} (0x{bytes[at]:X2}): save the file as UTF-8.";
    }

    // Returns whether the bytes end within a character that further bytes may complete.
    private static bool IsBegun(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            var start = bytes[^length..];
            if (!Utf8.IsValid(bytes[..^length])) continue;
            var status = System.Text.Rune.DecodeFromUtf8(start, out _, out _);
            if (status == System.Buffers.OperationStatus.NeedMoreData) return true;
        }

        return false;
    }

    // A string such as "\ud83d" is valid JSON but not valid Unicode.
    private static string? FaultOfTexts(JsonElement json)
    {
        try
        {
            Visit(json);
            return null;
        }
        catch (InvalidOperationException)
        {
            return "a string contains an unpaired surrogate, such as \"\\ud83d\".";
        }

        static void Visit(JsonElement json)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.String:
                    _ = json.GetString();
                    break;
                case JsonValueKind.Array:
                    foreach (var item in json.EnumerateArray()) Visit(item);
                    break;
                case JsonValueKind.Object:
                    foreach (var member in json.EnumerateObject())
                    {
                        _ = member.Name;
                        Visit(member.Value);
                    }

                    break;
            }
        }
    }

    private static string HintFor(string path, byte[] bytes)
    {
        if (bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [0xEF, 0xBB, 0xBF, (byte)'{', ..]) return "";
        var extension = Path.GetExtension(path).ToUpperInvariant();
        var isToml = extension == ".TOML" || (extension is not (".YAML" or ".YML") && bytes.AsSpan().IndexOf(" = "u8) >= 0);
        return isToml
            ? $" TOML is not supported: convert it, as with \"yq -p toml -o json {Path.GetFileName(path)} > config.json\"."
            : $" YAML is not supported: convert it, as with \"yq -o json {Path.GetFileName(path)} > config.json\".";
    }
}
