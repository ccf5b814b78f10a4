using System.Text.RegularExpressions;

namespace Duplex.Server.Configuration;

/// <summary>A list of named objects, each with its own options.</summary>
/// <param name="Path">The path of the list.</param>
/// <param name="Nameless">The path of the object for the empty name; null: there is none.</param>
/// <param name="Add">Creates the object of a name, or leaves an existing one unchanged.</param>
/// <param name="NamesIn">Returns the names of the existing objects.</param>
/// <param name="OptionsOf">Returns the options of the object of a name.</param>
internal sealed partial record NamedList(
    string Path,
    string? Nameless,
    Action<ServerSettings, string> Add,
    Func<ServerSettings, IEnumerable<string>> NamesIn,
    Func<ServerSettings, string, IReadOnlyList<BoundOption>> OptionsOf)
{
    private const string Name = "name";

    public static IReadOnlyList<NamedList> All { get; } =
    [
        new(
            "channel.namespaces",
            "channel.without_namespace",
            static (settings, name) => settings.NamespaceOf(name),
            static settings => settings.Hub.Namespaces.Keys,
            static (settings, name) =>
            [
                .. NamespaceOptionTable.All.Select(option => option.On(() => settings.NamespaceOf(name))),
                .. ProxyOptionTable.Channels.Select(option => option.On(() => settings.Proxies.Of(name))),
            ]),
        new(
            "rpc.namespaces",
            "rpc.without_namespace",
            static (settings, name) => settings.Proxies.MethodsOf(name),
            static settings => settings.Proxies.Methods.Keys,
            static (settings, name) => [.. ProxyOptionTable.Methods.Select(option => option.On(() => settings.Proxies.MethodsOf(name)))]),
        new(
            "proxies",
            null,
            static (settings, name) => settings.Proxies.Named(name),
            static settings => settings.Proxies.ByName.Keys,
            static (settings, name) => [.. ProxyOptionTable.Named.Select(option => option.On(() => settings.Proxies.Named(name)))]),
    ];

    /// <summary>Returns the options of an object in the file, which include its name.</summary>
    public IReadOnlyList<BoundOption> MembersOf(ServerSettings settings, string name) =>
        name.Length == 0 ? OptionsOf(settings, name) : [new BoundOption(Name, static _ => true, static _ => ""), .. OptionsOf(settings, name)];

    /// <summary>Returns the fault of a name; null: it is valid.</summary>
    public static string? FaultOf(string? name) =>
        name is not null && NamePattern().IsMatch(name) ? null : "two or more of a-z, A-Z, 0-9, - and _ are expected.";

    [GeneratedRegex("^[-a-zA-Z0-9_]{2,}$")]
    private static partial Regex NamePattern();
}
