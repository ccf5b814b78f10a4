using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;
using Duplex.Messaging.Channels;
using Duplex.Server.CommandLine;

namespace Duplex.Server.Configuration;

/// <summary>Reads the file, then the environment over it, and reports all that is wrong at once, each with its path.</summary>
internal sealed partial class ConfigurationReader
{
    private const string NamespacesPath = "channel.namespaces";
    private const string WithoutNamespacePath = "channel.without_namespace";
    private const string MethodsPath = "rpc.namespaces";
    private const string WithoutMethodsPath = "rpc.without_namespace";

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
        reader._faults.AddRange(reader._settings.Proxies.Faults());
        if (reader._faults.Count > 0) throw new UsageException(string.Join(Environment.NewLine, reader._faults));
        return reader._settings;
    }

    private void ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind == JsonValueKind.Object) ReadSection(document.RootElement, "");
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

    private void ReadSection(JsonElement section, string prefix)
    {
        foreach (var property in section.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (path == NamespacesPath) ReadList(property.Value, path, ReadNamespace);
            else if (path == MethodsPath) ReadList(property.Value, path, ReadMethods);
            else if (path == WithoutMethodsPath) ReadMethods(property.Value, path, "");
            else if (path == WithoutNamespacePath) ReadNamespace(property.Value, path, "");
            else if (ServerOptionTable.All.FirstOrDefault(option => option.Name == path) is { } option) Set(option, _settings, path, property.Value);
            else if (property.Value.ValueKind == JsonValueKind.Object && IsSection(path)) ReadSection(property.Value, path + ".");
            else _faults.Add(Suggestion.Unknown(path, ServerOptionTable.All.Select(option => option.Name)));
        }
    }

    private static bool IsSection(string path) =>
        path == "channel" || ServerOptionTable.All.Any(option => option.Name.StartsWith(path + ".", StringComparison.Ordinal));

    private void ReadList(JsonElement list, string listPath, Action<JsonElement, string, string> read)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            _faults.Add($"{listPath}: a list is expected.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (at, item) in list.EnumerateArray().Index())
        {
            var path = $"{listPath}[{at}]";
            var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : null;
            if (name is null || !NamePattern().IsMatch(name)) _faults.Add($"{path}.name: two or more of a-z, A-Z, 0-9, - and _ are expected.");
            else if (!seen.Add(name)) _faults.Add($"{path}.name: \"{name}\" is there twice.");
            else read(item, path, name);
        }
    }

    private void ReadMethods(JsonElement item, string path, string name)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            _faults.Add($"{path}: an object is expected.");
            return;
        }

        foreach (var property in item.EnumerateObject())
        {
            if (property.Name == "name" && name.Length > 0) continue;
            var optionPath = $"{path}.{property.Name}";
            if (ProxyOptionTable.Methods.FirstOrDefault(option => option.Name == property.Name) is { } option) Set(option, _settings.Proxies.MethodsOf(name), optionPath, property.Value);
            else _faults.Add(Suggestion.Unknown(optionPath, ProxyOptionTable.Methods.Select(option => $"{path}.{option.Name}")));
        }
    }

    private void ReadNamespace(JsonElement item, string path, string name)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            _faults.Add($"{path}: an object is expected.");
            return;
        }

        var options = new NamespaceOptions();
        _settings.Hub.Namespaces[name] = options;
        ReadNamespaceSection(item, path, name, "", options);
    }

    private void ReadNamespaceSection(JsonElement section, string path, string ns, string prefix, NamespaceOptions options)
    {
        foreach (var property in section.EnumerateObject())
        {
            if (property.Name == "name" && prefix.Length == 0 && ns.Length > 0) continue;
            var name = prefix + property.Name;
            var optionPath = $"{path}.{name}";
            if (NamespaceOptionTable.All.FirstOrDefault(option => option.Name == name) is { } option) Set(option, options, optionPath, property.Value);
            else if (ProxyOptionTable.Channels.FirstOrDefault(option => option.Name == name) is { } proxy) Set(proxy, _settings.Proxies.Of(ns), optionPath, property.Value);
            else if (property.Value.ValueKind == JsonValueKind.Object && IsNamespaceSection(name)) ReadNamespaceSection(property.Value, path, ns, name + ".", options);
            else _faults.Add(Suggestion.Unknown(optionPath, NamespaceOptionTable.All.Select(option => $"{path}.{option.Name}")));
        }
    }

    private static bool IsNamespaceSection(string name) =>
        NamespaceOptionTable.All.Any(option => option.Name.StartsWith(name + ".", StringComparison.Ordinal));

    private void Set<T>(Option<T> option, T target, string path, JsonElement value)
    {
        if (!option.TrySet(target, RawValue.OfJson(value))) _faults.Add($"{path}: {option.Expected} is expected, not {value.GetRawText()}.");
    }

    [GeneratedRegex("^[-a-zA-Z0-9_]{2,}$")]
    private static partial Regex NamePattern();
}
