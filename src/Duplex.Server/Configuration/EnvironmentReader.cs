using System.Collections;

namespace Duplex.Server.Configuration;

/// <summary>
/// Reads the variables that begin with <c>DUPLEX_</c>. Objects of lists are named in the list's variable, such as
/// <c>DUPLEX_CHANNEL_NAMESPACES</c>, unless the file has them; their options are
/// <c>DUPLEX_CHANNEL_NAMESPACES_CHAT_HISTORY_SIZE</c> and so on.
/// </summary>
internal sealed class EnvironmentReader(ServerSettings settings, List<string> faults)
{
    private const string Prefix = "DUPLEX_";

    public void Read(IDictionary environment)
    {
        var variables = environment.Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: entry.Value as string ?? ""))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToLookup(variable => NamedList.All.FirstOrDefault(list => NameOf(Prefix, list.Path) == variable.Name));
        foreach (var list in NamedList.All)
        {
            foreach (var (name, value) in variables[list]) AddItems(list, name, value);
        }

        var options = Options().ToList();
        foreach (var (name, value) in variables[null]) Read(options, name, value);
    }

    private void AddItems(NamedList list, string variable, string names)
    {
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NamedList.FaultOf(name) is { } fault) faults.Add($"{variable}: {fault} Not \"{name}\".");
            else list.Add(settings, name);
        }
    }

    // Every variable there can be, now that the objects of lists are known.
    private IEnumerable<(string Name, BoundOption Option)> Options()
    {
        foreach (var option in settings.Options) yield return (NameOf(Prefix, option.Name), option);
        foreach (var list in NamedList.All)
        {
            if (list.Nameless is { } nameless)
            {
                foreach (var option in list.OptionsOf(settings, "")) yield return (NameOf(NameOf(Prefix, nameless) + "_", option.Name), option);
            }

            foreach (var name in list.NamesIn(settings).Where(static name => name.Length > 0).ToList())
            {
                var prefix = NameOf(NameOf(Prefix, list.Path) + "_", name) + "_";
                foreach (var option in list.OptionsOf(settings, name)) yield return (NameOf(prefix, option.Name), option);
            }
        }
    }

    private void Read(List<(string Name, BoundOption Option)> options, string name, string text)
    {
        var found = options.Find(known => known.Name == name).Option
            ?? options.Find(known => known.Option.IsRefused && name.StartsWith(known.Name + "_", StringComparison.Ordinal)).Option;
        var value = RawValue.OfText(text);
        if (found is null) faults.Add(Suggestion.Unknown(name, options.Select(static known => known.Name)));
        else if (!found.TrySet(value)) faults.Add($"{name}: {found.Fault(value)}");
    }

    private static string NameOf(string prefix, string path) =>
        prefix + path.Replace('.', '_').Replace('-', '_').ToUpperInvariant();
}
