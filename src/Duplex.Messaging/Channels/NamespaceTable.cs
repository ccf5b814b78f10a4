using System.Buffers;
using System.Collections.Frozen;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Channels;

/// <summary>Finds a channel's namespace and checks its name. Immutable.</summary>
internal sealed class NamespaceTable
{
    private const int MinNameLength = 2;

    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly FrozenDictionary<string, ChannelNamespace>.AlternateLookup<ReadOnlySpan<char>> _namespaces;
    private readonly int _maxLength;

    public NamespaceTable(HubOptions options, TimeProvider time)
    {
        foreach (var name in options.Namespaces.Keys)
        {
            if (name.Length == 0 || (name.Length >= MinNameLength && !name.AsSpan().ContainsAnyExcept(NameLetters))) continue;
            throw new InvalidOperationException($"'{name}' is not a valid name of a namespace: use two or more of a-z A-Z 0-9 - _.");
        }

        _maxLength = options.MaxChannelLength;
        var namespaces = options.Namespaces
            .ToFrozenDictionary(pair => pair.Key, pair => new ChannelNamespace(pair.Key, pair.Value, options, time), StringComparer.Ordinal);
        _namespaces = namespaces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var ns in namespaces.Values)
        {
            CheckPresence(ns, ns.Options.MapClientsPresencePrefix, SubscriptionType.MapClients);
            CheckPresence(ns, ns.Options.MapUsersPresencePrefix, SubscriptionType.MapUsers);
        }
    }

    /// <summary>The channel's namespace, or the error that says why there is none.</summary>
    public Outcome<ChannelNamespace> Find(string channel)
    {
        if (channel.Length == 0) return ClientErrors.BadRequest.Because("The command names no channel.");
        if (channel.Length > _maxLength) return ClientErrors.BadRequest.Because($"The channel's name has more than {_maxLength} characters (MaxChannelLength).");
        var name = new ChannelName(channel);
        if (!_namespaces.TryGetValue(name.Namespace, out var ns)) return ClientErrors.UnknownChannel;

        // A namespace alone names no channel: handlers that take the rest of the name would leave it to those of another namespace.
        if (name.Rest.IsEmpty) return ClientErrors.BadRequest.Because("The channel has a namespace and no name after it.");
        var isValid = ns.Pattern is { } pattern ? pattern.IsMatch(name.Rest) : IsPrintableAscii(channel);
        if (isValid) return ns;
        return ClientErrors.BadRequest.Because(ns.Pattern is null
            ? "The channel's name has characters other than printable ASCII: set ChannelPattern to allow them."
            : "The channel's name does not match the namespace's ChannelPattern.");
    }

    private void CheckPresence(ChannelNamespace ns, string? prefix, SubscriptionType type)
    {
        if (prefix is null) return;
        var target = new ChannelName(prefix + ns.Name).Namespace;
        if (_namespaces.TryGetValue(target, out var found) && found.Map?.Type == type) return;
        throw new InvalidOperationException($"Namespace '{ns.Name}' keeps presence in '{prefix}', which is not a namespace of the type {type}.");
    }

    private static bool IsPrintableAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');
}
