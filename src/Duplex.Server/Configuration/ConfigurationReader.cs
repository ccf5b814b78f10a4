using System.Collections;
using System.Text.Json;
using Duplex.Server.CommandLine;

namespace Duplex.Server.Configuration;

/// <summary>Reads the file, then the environment over it, and reports all that is wrong at once, each with its path.</summary>
internal sealed class ConfigurationReader
{
    private readonly ServerSettings _settings = new();
    private readonly List<string> _faults = [];

    private ConfigurationReader() { }

    /// <exception cref="UsageException">The configuration cannot be read or is wrong.</exception>
    public static ServerSettings Read(string? path, IDictionary environment)
    {
        var reader = new ConfigurationReader();
        if (path is not null) reader.ReadFile(path);
        new EnvironmentReader(reader._settings, reader._faults).Read(environment);
        reader._settings.Complete();
        reader._faults.AddRange(reader._settings.Faults());
        if (reader._faults.Count > 0) throw new UsageException(string.Join(Environment.NewLine, reader._faults));
        return reader._settings;
    }

    private void ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind == JsonValueKind.Object) ReadServer(document.RootElement, "");
            else _faults.Add($"{path}: a JSON object is expected.");
        }
        catch (JsonException exception)
        {
            _faults.Add($"{path}: no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"{path}: {exception.Message}");
        }
    }

    private void ReadServer(JsonElement section, string prefix)
    {
        var options = _settings.Options;
        foreach (var property in section.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (NamedList.All.FirstOrDefault(list => list.Path == path) is { } list) ReadList(property.Value, list);
            else if (NamedList.All.FirstOrDefault(list => list.Nameless == path) is { } nameless) ReadItem(property.Value, path, nameless, "");
            else if (!TrySet(options, path, path, property.Value)) ReadServerSection(property.Value, path, options);
        }
    }

    private void ReadServerSection(JsonElement section, string path, IReadOnlyList<BoundOption> options)
    {
        var isSection = BoundOption.IsSection(options, path) || NamedList.All.Any(list => list.Path.StartsWith(path + ".", StringComparison.Ordinal));
        if (isSection && section.ValueKind == JsonValueKind.Object) ReadServer(section, path + ".");
        else _faults.Add(Suggestion.Unknown(path, options.Select(option => option.Name)));
    }

    private void ReadList(JsonElement items, NamedList list)
    {
        if (items.ValueKind != JsonValueKind.Array)
        {
            _faults.Add($"{list.Path}: a list is expected.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, item) in items.EnumerateArray().Index())
        {
            var path = $"{list.Path}[{at}]";
            var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : null;
            if (NamedList.FaultOf(name) is { } fault) _faults.Add($"{path}.name: {fault}");
            else if (!seen.Add(name!)) _faults.Add($"{path}.name: \"{name}\" is there twice.");
            else ReadItem(item, path, list, name!);
        }
    }

    private void ReadItem(JsonElement item, string path, NamedList list, string name)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            _faults.Add($"{path}: an object is expected.");
            return;
        }

        list.Add(_settings, name);
        ReadItemSection(item, path, "", list.MembersOf(_settings, name));
    }

    private void ReadItemSection(JsonElement section, string itemPath, string prefix, IReadOnlyList<BoundOption> options)
    {
        foreach (var property in section.EnumerateObject())
        {
            var name = prefix + property.Name;
            var path = $"{itemPath}.{name}";
            if (TrySet(options, name, path, property.Value)) continue;
            if (property.Value.ValueKind == JsonValueKind.Object && BoundOption.IsSection(options, name)) ReadItemSection(property.Value, itemPath, name + ".", options);
            else _faults.Add(Suggestion.Unknown(path, options.Select(option => $"{itemPath}.{option.Name}")));
        }
    }

    // False when no option has the name.
    private bool TrySet(IReadOnlyList<BoundOption> options, string name, string path, JsonElement json)
    {
        if (options.FirstOrDefault(option => option.Name == name) is not { } option) return false;
        var value = RawValue.OfJson(json);
        if (!option.TrySet(value)) _faults.Add($"{path}: {option.Fault(value)}");
        return true;
    }
}
