using System.Text.RegularExpressions;

namespace Duplex.Server.Configuration;

/// <summary>A list of objects that have names, and options of their own.</summary>
/// <param name="Path">Where the list is.</param>
/// <param name="Nameless">Where the object is that stands for all without a name; null: nowhere.</param>
/// <param name="Add">Makes the object of a name. What was said of it before stays.</param>
/// <param name="NamesIn">The names there are.</param>
/// <param name="OptionsOf">The options of the object of a name.</param>
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

    /// <summary>The options of an object in the file, where its name is one of them.</summary>
    public IReadOnlyList<BoundOption> MembersOf(ServerSettings settings, string name) =>
        name.Length == 0 ? OptionsOf(settings, name) : [new BoundOption(Name, static _ => true, static _ => ""), .. OptionsOf(settings, name)];

    /// <summary>What is wrong with a name; null: nothing.</summary>
    public static string? FaultOf(string? name) =>
        name is not null && NamePattern().IsMatch(name) ? null : "two or more of a-z, A-Z, 0-9, - and _ are expected.";

    [GeneratedRegex("^[-a-zA-Z0-9_]{2,}$")]
    private static partial Regex NamePattern();
}
