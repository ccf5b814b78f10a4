using System.Reflection;
using Duplex.Messaging.Channels;
using Duplex.Server.Configuration;

namespace Duplex.Server.Tests.Docs;

/// <summary>
/// Which property each option of the stand-alone server sets, found by setting it: the tables hold setters, and a second
/// list of names would go wrong.
/// </summary>
internal sealed class ServerOptionNames
{
    private static readonly string[] Probes = ["7", "11", "1", "7s", "11s", "7000", "70000"];

    private readonly Dictionary<string, List<string>> _names = new(StringComparer.Ordinal);

    public ServerOptionNames()
    {
        Probe(ServerOptionTable.All, static () => new ServerSettings(), "");
        Probe(NamespaceOptionTable.All, static () => new NamespaceOptions(), "namespace ");
    }

    /// <summary>The options that set a property, empty when none does.</summary>
    public string Of(PropertyInfo property) =>
        _names.TryGetValue(Key(property), out var names) ? string.Join("<br>", names.Distinct()) : "";

    private void Probe<T>(IEnumerable<Option<T>> options, Func<T> make, string prefix)
        where T : class
    {
        foreach (var option in options)
        {
            if (option.Refusal is not null) continue;
            foreach (var probe in Probes)
            {
                var target = make();
                var before = Snapshot(target);
                if (!option.TrySet(target, RawValue.OfText(probe))) continue;
                var changed = Snapshot(target).Where(pair => before.TryGetValue(pair.Key, out var old) && !Equals(old, pair.Value)).ToList();
                if (changed.Count == 0) continue;
                foreach (var (key, _) in changed)
                {
                    if (!_names.TryGetValue(key.Property, out var names)) _names[key.Property] = names = [];
                    names.Add($"{prefix}`{option.Name}`");
                }

                break;
            }
        }
    }

    // Every number and time that is reached from an object, by the way to it and by the property it is.
    private static Dictionary<(string Path, string Property), object?> Snapshot(object target)
    {
        var found = new Dictionary<(string, string), object?>();
        Walk(target, "", found, 0);
        return found;
    }

    private static void Walk(object target, string path, Dictionary<(string, string), object?> found, int depth)
    {
        foreach (var property in target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            if (LimitsPage.IsLimit(property)) found[($"{path}.{property.Name}", Key(property))] = property.GetValue(target);
            else if (depth < 3 && property.PropertyType is { IsClass: true, Namespace: { } space } && space.StartsWith("Duplex.", StringComparison.Ordinal)
                && property.GetValue(target) is { } inner) Walk(inner, $"{path}.{property.Name}", found, depth + 1);
        }
    }

    private static string Key(PropertyInfo property) => $"{property.DeclaringType!.FullName}.{property.Name}";
}
