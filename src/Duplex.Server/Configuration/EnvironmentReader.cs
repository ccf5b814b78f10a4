using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Duplex.Server.Configuration;

/// <summary>
/// Reads the environment variables that begin with <c>DUPLEX_</c>. A list's variable, such as
/// <c>DUPLEX_CHANNEL_NAMESPACES</c>, holds the names of the objects that the file does not define, or the objects as JSON;
/// their options are <c>DUPLEX_CHANNEL_NAMESPACES_CHAT_HISTORY_SIZE</c> and so on. The platform may set variables with the
/// same prefix, so an unknown variable is a warning.
/// </summary>
internal sealed partial class EnvironmentReader(ServerSettings settings, ConfigurationTree tree, Findings findings)
{
    private const string Prefix = "DUPLEX_";
    private const string OtherPrefix = "CENTRIFUGO_";

    public void Read(IDictionary environment)
    {
        var all = environment.Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: entry.Value as string ?? ""))
            .Where(variable => !IsLink(variable.Name, variable.Value))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        WarnOfOthers([.. all.Select(static variable => variable.Name).Where(static name => name.StartsWith(OtherPrefix, StringComparison.Ordinal))]);

        var variables = all
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToLookup(variable => NamedList.All.FirstOrDefault(list => NameOf(Prefix, list.Path) == variable.Name));
        foreach (var list in NamedList.All)
        {
            foreach (var (name, value) in variables[list]) AddItems(list, name, value);
        }

        var options = Options().ToList();
        foreach (var (name, value) in variables[null]) Read(options, name, value);
    }

    // Kubernetes sets variables named after every service of a namespace, and Docker after every linked container.
    private static bool IsLink(string name, string value) =>
        LinkName().IsMatch(name)
        || (name.EndsWith("_PORT", StringComparison.Ordinal) && value.Contains("://", StringComparison.Ordinal))
        || (name == Prefix + "NAME" && value.StartsWith('/'))
        || name.StartsWith(Prefix + "ENV_", StringComparison.Ordinal);

    [GeneratedRegex("(_SERVICE_HOST|_SERVICE_PORT(_[A-Z0-9_]+)?|_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$")]
    private static partial Regex LinkName();

    private void WarnOfOthers(IReadOnlyList<string> names)
    {
        if (names.Count > 0) findings.Warn($"variables that begin with {OtherPrefix} are not read; this server's begin with {Prefix}: {string.Join(", ", names)}.");
    }

    private void AddItems(NamedList list, string variable, string text)
    {
        if (text.AsSpan().TrimStart() is ['[', ..])
        {
            AddObjects(list, variable, text);
            return;
        }

        foreach (var name in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NamedList.FaultOf(name) is { } fault) findings.Fail($"{variable}: {fault} Not \"{name}\".");
            else list.Add(settings, name);
        }
    }

    private void AddObjects(NamedList list, string variable, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            tree.ReadList(document.RootElement, variable, list);
        }
        catch (JsonException exception)
        {
            findings.Fail($"{variable}: invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            findings.Fail($"{variable}: a string contains an unpaired surrogate.");
        }
    }

    // Every valid variable. Called once the objects of lists are created.
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
            ?? options.Find(known => known.Option.IsForeign && name.StartsWith(known.Name + "_", StringComparison.Ordinal)).Option;
        if (found is null) findings.Warn(Suggestion.Unknown(name, options.Where(static known => !known.Option.IsForeign).Select(static known => known.Name)));
        else if (IsBesideSwitch(found, name)) WarnOf(found, name, text);
        else found.Set(RawValue.OfText(text), name, findings);
    }

    // Returns whether the variable belongs to a section that another variable enables.
    private static bool IsBesideSwitch(BoundOption section, string name) =>
        section.Switch is { } member && name != NameOf(Prefix, $"{section.Name}.{member}") && name != NameOf(Prefix, section.Name);

    private void WarnOf(BoundOption section, string name, string text)
    {
        if (!RawValue.OfText(text).IsOff) findings.Warn($"{name}: {section.Reason}");
    }

    private static string NameOf(string prefix, string path) =>
        prefix + path.Replace('.', '_').Replace('-', '_').ToUpperInvariant();
}
