using System.Text.Json;

namespace Duplex.Server.Configuration;

/// <summary>Sets options from the JSON objects of a file or of a variable.</summary>
internal sealed class ConfigurationTree(ServerSettings settings, Findings findings)
{
    /// <summary>Returns the names of all supported options outside lists, of sections and of lists.</summary>
    public static IReadOnlyList<string> NamesOf(ServerSettings settings)
    {
        var names = settings.Options.Where(static option => !option.IsForeign).Select(static option => option.Name).ToList();
        foreach (var list in NamedList.All)
        {
            names.Add(list.Path);
            if (list.Nameless is { } nameless) names.AddRange(list.OptionsOf(settings, "").Where(static option => !option.IsForeign).Select(option => $"{nameless}.{option.Name}"));
        }

        var sections = names.SelectMany(static name => name.Split('.')[..^1].Select((_, at) => string.Join('.', name.Split('.')[..(at + 1)])));
        return [.. names.Concat(sections).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a whole configuration.</summary>
    public void Read(JsonElement root)
    {
        ReportTwins(root, "");
        ReadServer(root, "");
    }

    /// <summary>Reads the objects of a list.</summary>
    public void ReadList(JsonElement items, string path, NamedList list)
    {
        if (items.ValueKind == JsonValueKind.Null) return;
        if (items.ValueKind != JsonValueKind.Array)
        {
            findings.Fail($"{path}: a list is expected.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, item) in items.EnumerateArray().Index())
        {
            var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : null;
            if (NamedList.FaultOf(name) is { } fault) findings.Fail($"{path}[{at}].name: {fault}");
            else if (!seen.Add(name!)) findings.Fail($"{path}[{at}].name: \"{name}\" appears twice.");
            else ReadItem(item, $"{path}[{at}]", list, name!);
        }
    }

    private void ReadServer(JsonElement section, string prefix)
    {
        var options = settings.Options;
        foreach (var property in section.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (NamedList.All.FirstOrDefault(list => list.Path == path) is { } list) ReadList(property.Value, path, list);
            else if (NamedList.All.FirstOrDefault(list => list.Nameless == path) is { } nameless) ReadItem(property.Value, path, nameless, "");
            else if (options.FirstOrDefault(option => option.Name == path) is { } option) option.Set(RawValue.OfJson(property.Value), path, findings);
            else if (!IsSection(options, path)) ReportUnknown(path, property.Value, NamesOf(settings), options);
            else if (property.Value.ValueKind == JsonValueKind.Object) ReadServer(property.Value, path + ".");
            else ReportNoSection(path, property.Value, options);
        }
    }

    private static bool IsSection(IReadOnlyList<BoundOption> options, string path) =>
        BoundOption.IsSection(options, path) || NamedList.All.Any(list => list.Path.StartsWith(path + ".", StringComparison.Ordinal));

    private void ReadItem(JsonElement item, string path, NamedList list, string name)
    {
        if (item.ValueKind == JsonValueKind.Null) return;
        if (item.ValueKind != JsonValueKind.Object)
        {
            findings.Fail($"{path}: an object is expected.");
            return;
        }

        list.Add(settings, name);
        ReadItemSection(item, path, "", list.MembersOf(settings, name));
    }

    private void ReadItemSection(JsonElement section, string itemPath, string prefix, IReadOnlyList<BoundOption> options)
    {
        foreach (var property in section.EnumerateObject())
        {
            var name = prefix + property.Name;
            var path = $"{itemPath}.{name}";
            if (options.FirstOrDefault(option => option.Name == name) is { } option) option.Set(RawValue.OfJson(property.Value), path, findings);
            else if (!BoundOption.IsSection(options, name)) ReportUnknown(path, property.Value, options.Where(static known => !known.IsForeign).Select(known => $"{itemPath}.{known.Name}"), []);
            else if (property.Value.ValueKind == JsonValueKind.Object) ReadItemSection(property.Value, itemPath, name + ".", options);
            else ReportNoSection(path, property.Value, options);
        }
    }

    // An unknown option that is off has no effect, so it is a warning; but a near miss may be meant to disable a supported option.
    private void ReportUnknown(string path, JsonElement json, IEnumerable<string> known, IReadOnlyList<BoundOption> options)
    {
        var names = known.ToList();
        var nearest = Suggestion.Nearest(path, names);
        var sentence = nearest is null && OlderName.ReasonOf(path, options) is { } reason ? $"{path}: {reason}" : Suggestion.Unknown(path, names);
        if (RawValue.OfJson(json).IsOff && nearest is null) findings.Warn(sentence);
        else findings.Fail(sentence);
    }

    private void ReportNoSection(string path, JsonElement json, IReadOnlyList<BoundOption> options)
    {
        if (json.ValueKind is JsonValueKind.Null || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0)) return;
        var enabled = options.FirstOrDefault(option => option.Name == $"{path}.enabled");
        if (enabled is not null && json.ValueKind is JsonValueKind.False)
        {
            enabled.Set(RawValue.OfJson(json), path, findings);
            return;
        }

        var meant = enabled ?? options.FirstOrDefault(option => option.Name == $"{path}.type");
        findings.Fail(meant is null ? $"{path}: an object is expected." : $"{path}: an object is expected; did you mean {meant.Name}?");
    }

    // RFC 8259 section 4 does not define which of two members with the same name counts.
    private void ReportTwins(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var (at, item) in json.EnumerateArray().Index()) ReportTwins(item, $"{path}[{at}]");
            return;
        }

        if (json.ValueKind != JsonValueKind.Object) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!seen.Add(property.Name)) findings.Fail($"{name}: the name appears twice.");
            ReportTwins(property.Value, name);
        }
    }
}
