using System.Collections;
using Duplex.Messaging.Channels;

namespace Duplex.Server.Configuration;

/// <summary>
/// Reads the variables that begin with <c>DUPLEX_</c>. Namespaces are named in <c>DUPLEX_CHANNEL_NAMESPACES</c>, unless
/// the file has them; their options are <c>DUPLEX_CHANNEL_NAMESPACES_CHAT_HISTORY_SIZE</c> and so on.
/// </summary>
internal sealed class EnvironmentReader(ServerSettings settings, List<string> faults)
{
    private const string Prefix = "DUPLEX_";
    private const string Namespaces = "DUPLEX_CHANNEL_NAMESPACES";
    private const string WithoutNamespace = "DUPLEX_CHANNEL_WITHOUT_NAMESPACE_";

    public void Read(IDictionary environment)
    {
        var variables = environment.Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: entry.Value as string ?? ""))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var (_, value) in variables.Where(variable => variable.Name == Namespaces))
        {
            foreach (var name in value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) settings.Hub.Namespaces.TryAdd(name, new NamespaceOptions());
        }

        foreach (var (name, value) in variables.Where(variable => variable.Name != Namespaces)) Read(name, value);
    }

    private void Read(string name, string value)
    {
        if (ServerOptionTable.All.FirstOrDefault(option => NameOf(Prefix, option.Name) == name) is { } option) Set(option, settings, name, value);
        else if (!TryReadNamespaceOption(name, value)) faults.Add(Suggestion.Unknown(name, ServerOptionTable.All.Select(known => NameOf(Prefix, known.Name))));
    }

    private bool TryReadNamespaceOption(string name, string value) =>
        TryReadNamespaceOption(NamespaceOptionTable.All, OptionsOf, name, value)
        || TryReadNamespaceOption(ProxyOptionTable.Channels, settings.Proxies.Of, name, value);

    private bool TryReadNamespaceOption<T>(IReadOnlyList<Option<T>> table, Func<string, T> of, string name, string value)
    {
        foreach (var option in table)
        {
            var ns = name == NameOf(WithoutNamespace, option.Name)
                ? ""
                : settings.Hub.Namespaces.Keys.FirstOrDefault(ns => ns.Length > 0 && name == NameOf($"{Namespaces}_{NameOf("", ns)}_", option.Name));
            if (ns is null) continue;
            Set(option, of(ns), name, value);
            return true;
        }

        return false;
    }

    private NamespaceOptions OptionsOf(string name)
    {
        if (!settings.Hub.Namespaces.TryGetValue(name, out var options)) settings.Hub.Namespaces[name] = options = new NamespaceOptions();
        return options;
    }

    private void Set<T>(Option<T> option, T target, string name, string value)
    {
        if (!option.TrySet(target, RawValue.OfText(value))) faults.Add($"{name}: {option.Expected} is expected, not \"{value}\".");
    }

    private static string NameOf(string prefix, string path) =>
        prefix + path.Replace('.', '_').Replace('-', '_').ToUpperInvariant();
}
